"""Seats: given without a look into pupils' files, quiet after help, a fresh sheet where somebody else answered."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.archives.models import Entry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.people.models import PupilSession, Student
from qingyan.screening.actions import answers, campaigns, seating, sittings
from qingyan.screening.actions.writing import Refused
from qingyan.screening.models import AnswerSheet, Seat, Sitting
from qingyan.screening.queries.seats import board_of, set_aside_in
from qingyan.screening.queries.tests import own_sitting
from qingyan.screening.queries.tests import test_for as find_test
from tests.screening.setting import Typist, begun, school_round, signed_in, signed_in_at_the_door


@pytest.fixture
def room(cast):
    """An open round, its class seated by the invigilator."""
    campaign = school_round(cast, "scl-90", "phq-a")
    invigilator = cast.actor(cast.home.invigilator, cast.home)
    with entered(invigilator):
        seated(campaign, cast.home.class_a, invigilator)
    return campaign, invigilator


def seated(campaign, school_class, by, masked=False):
    return seating.seat_class(campaign=campaign, school_class=school_class, masked=masked, by=by, now=timezone.now())


def look(campaign, cast, by):
    with entered(by):
        return board_of(by, campaign, cast.home.class_a)


def states(board):
    return {line.facts.name: line.state for line in board.seats}


def test_an_invigilator_seats_a_class_and_still_reads_no_pupil(cast, room):
    campaign, invigilator = room
    board = look(campaign, cast, invigilator)
    assert [line.facts.number for line in board.seats] == [1, 2, 3]
    assert {line.facts.name for line in board.seats} == {pupil.name for pupil in cast.home.pupils_a}
    with entered(invigilator):
        assert Student.objects.count() == 0


def test_masked_names_show_the_surname_only_and_numbers_stay(cast, room):
    campaign, invigilator = room
    before = {line.facts.student: line.facts.number for line in look(campaign, cast, invigilator).seats}
    with entered(invigilator):
        seated(campaign, cast.home.class_a, invigilator, masked=True)
    after = look(campaign, cast, invigilator)
    assert {line.facts.name for line in after.seats} == {"陈＊＊"}
    assert {line.facts.student: line.facts.number for line in after.seats} == before


def test_who_left_the_class_loses_the_seat_and_the_number_is_given_again(cast, room):
    campaign, invigilator = room
    leaving = cast.home.pupils_a[1]
    with entered(cast.platform()):
        Student.objects.filter(id=leaving.id).update(state="left")
        Student.objects.filter(id=cast.home.pupils_b[0].id).update(school_class=cast.home.class_a)
    with entered(invigilator):
        assert seated(campaign, cast.home.class_a, invigilator) == 3
    board = look(campaign, cast, invigilator)
    assert leaving.id not in {line.facts.student for line in board.seats}
    assert sorted(line.facts.number for line in board.seats) == [1, 2, 3]


def test_no_seats_before_the_round_is_open_nor_for_a_principal(cast, room):
    campaign, invigilator = room
    with entered(cast.actor(cast.home.counsellor, cast.home)) as _:
        counsellor = cast.actor(cast.home.counsellor, cast.home)
        closed = campaigns.close(campaign=campaign, by=counsellor, now=timezone.now())
    with entered(invigilator), pytest.raises(seating.NotOpen):
        seated(closed, cast.home.class_a, invigilator)
    principal = cast.actor(cast.home.principal, cast.home)
    with entered(principal), pytest.raises(NotVisible):
        board_of(principal, campaign, cast.home.class_a)


def test_asking_for_a_teacher_shows_on_the_seat_until_somebody_went_there(cast, room):
    campaign, invigilator = room
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        sitting = begun(campaign, "scl-90", pupil)
        sittings.ask_for_help(sitting=sitting, by=pupil, now=timezone.now())
    board = look(campaign, cast, invigilator)
    assert [line.facts.name for line in board.waiting] == [cast.home.pupil.name]
    with entered(invigilator):
        seating.give_help(sitting_id=sitting.id, by=invigilator, now=timezone.now())
    assert look(campaign, cast, invigilator).waiting == ()
    with entered(pupil):
        sittings.ask_for_help(sitting=sitting, by=pupil, now=timezone.now() + timedelta(seconds=1))
    assert len(look(campaign, cast, invigilator).waiting) == 1


def test_a_homeroom_teacher_sees_and_helps_the_own_class_only(cast, room):
    campaign, _ = room
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    assert len(look(campaign, cast, teacher).seats) == 3
    with entered(teacher), pytest.raises(NotVisible):
        board_of(teacher, campaign, cast.home.class_b)
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        sitting = begun(campaign, "scl-90", pupil)
        sittings.ask_for_help(sitting=sitting, by=pupil, now=timezone.now())
    with entered(teacher):
        seating.give_help(sitting_id=sitting.id, by=teacher, now=timezone.now())
    assert look(campaign, cast, teacher).waiting == ()


def test_not_now_looks_like_not_begun(cast, room):
    campaign, invigilator = room
    pupil = signed_in(cast.home.pupil)
    before = look(campaign, cast, invigilator)
    with entered(pupil):
        test = find_test(pupil, campaign.id, "scl-90", now=timezone.now())
        assert test is not None
        sittings.decline(test=test, by=pupil, now=timezone.now())
    assert look(campaign, cast, invigilator) == before


def test_somebody_elses_sheet_is_kept_aside_and_the_pupil_begins_afresh(cast, room):
    campaign, invigilator = room
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        first = begun(campaign, "scl-90", pupil)
        typist = Typist(first)
        answers.save(answer=typist.answer(0, 3), by=pupil, now=timezone.now())
    with entered(invigilator):
        assert seating.set_aside(sitting_ids=[first.id], by=invigilator, now=timezone.now()) == 1
    assert states(look(campaign, cast, invigilator))[cast.home.pupil.name] == "not_started"
    with entered(pupil):
        assert own_sitting(pupil, first.id) is None
        with pytest.raises(Refused, match="finished"):
            answers.save(answer=typist.answer(1, 3), by=pupil, now=timezone.now())
        second = begun(campaign, "scl-90", pupil)
    assert second.id != first.id
    with entered(cast.platform()):
        assert AnswerSheet.objects.get(sitting=first).answers[0] == 3
        assert Entry.objects.get(source=first.id).kind == "set_aside"
        assert Sitting.objects.filter(student=cast.home.pupil).count() == 2
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        assert [one.sitting.id for one in set_aside_in(counsellor, campaign)] == [first.id]


def test_whoever_sits_at_the_wrong_sheet_is_signed_out(cast, room):
    campaign, invigilator = room
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        sitting = begun(campaign, "scl-90", pupil)
    signed_in_at_the_door(cast, cast.home.pupil)
    with entered(invigilator):
        seating.set_aside(sitting_ids=[sitting.id], by=invigilator, now=timezone.now())
    with entered(cast.platform()):
        assert not PupilSession.objects.filter(student_id=cast.home.pupil.id, ended_at__isnull=True).exists()


def test_a_sheet_is_set_aside_once_and_at_the_own_school(cast, room):
    campaign, invigilator = room
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        sitting = begun(campaign, "scl-90", pupil)
    stranger = cast.actor(cast.other.invigilator, cast.other)
    with entered(stranger), pytest.raises(NotVisible):
        seating.set_aside(sitting_ids=[sitting.id], by=stranger, now=timezone.now())
    with entered(invigilator):
        seating.set_aside(sitting_ids=[sitting.id], by=invigilator, now=timezone.now())
        with pytest.raises(NotVisible):
            seating.set_aside(sitting_ids=[sitting.id], by=invigilator, now=timezone.now())


def test_seats_go_when_the_round_has_ended(cast, room):
    campaign, _ = room
    later = campaign.closes_at + timedelta(days=1)
    platform = replace(cast.platform())
    with entered(platform):
        assert seating.clear_seats(by=platform, now=timezone.now()) == 0
        assert seating.clear_seats(by=platform, now=later) == 3
        assert Seat.objects.count() == 0
