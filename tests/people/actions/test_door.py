"""The pupils' door: fifty come at once, a guesser slows down alone, one session lives."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.people.actions import door, slips
from qingyan.people.actions.door import Recognised, Refused
from qingyan.people.models import PupilSession, SignInAttempt
from qingyan.people.queries.door import session_is_alive
from tests.factories.city import make_pupil

ADDRESS = "203.0.113.7"


@pytest.fixture
def codes(cast):
    """Slips of the class of the story, by pupil."""
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        printed = slips.issue(
            class_id=cast.home.class_a.id, validity=timedelta(days=1), by=counsellor, now=timezone.now()
        )
    return {slip.student: slip.code for slip in printed}


@pytest.fixture
def knock(cast):
    """Try a code at the home school's door."""

    def try_it(code, *, class_code=None, device="a", now=None):
        return door.try_slip(
            school_id=cast.home.school.id,
            class_code=class_code or cast.home.class_a.code,
            code=code,
            device=f"{device}@{ADDRESS}",
            now=now or timezone.now(),
        )

    return try_it


def test_the_right_slip_is_recognised_by_a_masked_name(cast, codes, knock):
    answer = knock(codes[cast.home.pupil.id].lower(), class_code=cast.home.class_a.code.lower())
    assert isinstance(answer, Recognised)
    assert answer.masked_name == "陈＊＊"
    assert answer.school_class == cast.home.class_a.id


def test_a_wrong_class_code_and_a_wrong_slip_get_the_same_answer(cast, codes, knock):
    right = codes[cast.home.pupil.id]
    wrong_slips = [knock("00000000", device="one") for _ in range(5)]
    wrong_classes = [knock(right, class_code="NOSUCH", device="two") for _ in range(5)]
    other_class = [knock(right, class_code=cast.home.class_b.code, device="three") for _ in range(5)]
    assert wrong_slips == wrong_classes == other_class
    assert wrong_slips[-1].wait > 0


def test_a_slip_opens_no_other_schools_door(cast, codes):
    answer = door.try_slip(
        school_id=cast.other.school.id,
        class_code=cast.home.class_a.code,
        code=codes[cast.home.pupil.id],
        device="a",
        now=timezone.now(),
    )
    assert isinstance(answer, Refused)


def test_an_expired_voided_or_left_pupils_slip_is_refused(cast, codes, knock):
    first, second, third = (codes[pupil.id] for pupil in cast.home.pupils_a)
    assert isinstance(knock(first, now=timezone.now() + timedelta(days=2)), Refused)
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        slips.void(student=cast.home.pupils_a[1], by=counsellor, now=timezone.now())
    assert isinstance(knock(second, device="b"), Refused)
    with entered(cast.platform()):
        type(cast.home.pupil).objects.filter(id=cast.home.pupils_a[2].id).update(state="left")
    assert isinstance(knock(third, device="c"), Refused)


def test_a_slip_does_not_follow_a_pupil_into_another_class(cast, codes, knock):
    with entered(cast.platform()):
        type(cast.home.pupil).objects.filter(id=cast.home.pupil.id).update(school_class=cast.home.class_b)
    assert isinstance(knock(codes[cast.home.pupil.id]), Refused)


def test_a_classmate_who_guesses_a_hundred_times_slows_only_the_own_machine(cast, codes, knock):
    now = timezone.now()
    waits = [knock("00000000", device="guesser", now=now).wait for _ in range(100)]
    assert waits[-1] > 0
    assert isinstance(knock(codes[cast.home.pupil.id], device="guesser", now=now), Refused), "even with the right code"
    assert isinstance(knock(codes[cast.home.pupil.id], device="victim", now=now), Recognised)


def test_a_slowed_machine_gets_in_after_a_minute_at_most(cast, codes, knock):
    now = timezone.now()
    for _ in range(30):
        now += timedelta(seconds=61)
        knock("00000000", device="clumsy", now=now)
    later = now + timedelta(seconds=61)
    assert isinstance(knock(codes[cast.home.pupil.id], device="clumsy", now=later), Recognised)


def test_a_waiting_machine_is_not_even_looked_at(cast, codes, knock):
    now = timezone.now()
    for _ in range(20):
        knock("00000000", device="guesser", now=now)
    with entered(cast.platform()):
        assert SignInAttempt.objects.count() == 3, "tries while waiting count for nothing, so the wait does not grow"


def test_guessing_from_ever_new_machines_is_thinned_out_and_never_shut(cast, codes, knock, monkeypatch):
    now = timezone.now()
    with entered(cast.platform()):
        SignInAttempt.objects.bulk_create(
            SignInAttempt(school_id=cast.home.school.id, school_class=cast.home.class_a, device=f"{number}", at=now)
            for number in range(800)
        )
    monkeypatch.setattr(door._luck, "random", lambda: 0.3)
    assert knock(codes[cast.home.pupil.id], device="new", now=now) == Refused(door.CLASS_BUSY_WAIT)
    monkeypatch.setattr(door._luck, "random", lambda: 0.2)
    assert isinstance(knock(codes[cast.home.pupil.id], device="new", now=now), Recognised)


def test_fifty_pupils_behind_one_address_are_in_within_a_minute(cast, knock):
    with entered(cast.platform()):
        for number in range(47):
            make_pupil(cast.home.class_a, f"生{number:02}", 2010)
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        printed = slips.issue(
            class_id=cast.home.class_a.id, validity=timedelta(days=1), by=counsellor, now=timezone.now()
        )
    assert len(printed) == 50
    began = time.monotonic()
    for number, slip in enumerate(printed):
        if number % 3 == 0:
            knock("00000000", device=f"pc{number}")  # a third mistypes once
        answer = knock(slip.code, device=f"pc{number}")
        assert isinstance(answer, Recognised)
        assert door.open_session(school_id=cast.home.school.id, slip_id=answer.slip, now=timezone.now())
    assert time.monotonic() - began < 60


def open_one(cast, codes, knock, device="a"):
    answer = knock(codes[cast.home.pupil.id], device=device)
    return door.open_session(school_id=cast.home.school.id, slip_id=answer.slip, now=timezone.now())


def alive(cast, ticket, **changes):
    with door.at_the_door(cast.home.school.id):
        return session_is_alive(ticket, now=changes.get("now") or timezone.now())


def test_signing_in_on_a_second_machine_ends_the_first_session(cast, codes, knock):
    first = open_one(cast, codes, knock)
    assert alive(cast, first)
    second = open_one(cast, codes, knock, device="b")
    assert not alive(cast, first)
    assert alive(cast, second)
    with entered(cast.platform()):
        assert PupilSession.objects.filter(ended_at__isnull=True).count() == 1


def test_signing_out_ends_the_session(cast, codes, knock):
    ticket = open_one(cast, codes, knock)
    door.end_session(ticket=ticket, now=timezone.now())
    assert not alive(cast, ticket)


def test_a_session_ends_by_itself_and_when_the_pupil_leaves(cast, codes, knock):
    ticket = open_one(cast, codes, knock)
    assert not alive(cast, ticket, now=timezone.now() + timedelta(minutes=46))
    with entered(cast.platform()):
        type(cast.home.pupil).objects.filter(id=cast.home.pupil.id).update(state="left")
    assert not alive(cast, ticket)


def test_a_slip_that_was_voided_between_the_two_steps_opens_nothing(cast, codes, knock):
    answer = knock(codes[cast.home.pupil.id])
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        slips.void(student=cast.home.pupil, by=counsellor, now=timezone.now())
    assert door.open_session(school_id=cast.home.school.id, slip_id=answer.slip, now=timezone.now()) is None
