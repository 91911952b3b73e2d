"""Transfers: the receiving school sees its copy only; on acceptance everything moves, and opens there only."""

import threading
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.utils import timezone

from qingyan.alerts.models import Alert
from qingyan.archives.models import Entry
from qingyan.cases.models import CaseStep, CrisisThread, Glass, MandatoryRecord, ProcessNote, TeamSummary, ThreadEntry
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.protection import declared, protected_tables
from qingyan.foundation.access.scope import entered
from qingyan.people.actions import resealing, transfers
from qingyan.people.contracts import AskedPerson
from qingyan.people.models import Enrolment, Guardian, PupilSession, SchoolingStep, Slip, Student, Transfer
from qingyan.people.queries.hanging import of_pupils
from qingyan.screening.models import AnswerSheet, Result, Sitting
from tests.factories.cases import make_case
from tests.factories.crisis import make_crisis
from tests.factories.records import make_records

FOLLOWING = (Guardian, Sitting, AnswerSheet, Result, Alert, Entry, Enrolment)


def offered(cast):
    admin = cast.actor(cast.home.school_admin, cast.home)
    with entered(admin):
        return transfers.offer(student=cast.home.pupil, to_school_id=cast.other.school.id, by=admin, now=timezone.now())


def receiver_copy(cast, admin):
    with entered(admin):
        return Transfer.objects.get(direction="in")


def accepted(cast):
    offered(cast)
    admin = cast.actor(cast.other.school_admin, cast.other)
    copy = receiver_copy(cast, admin)
    with entered(admin):
        return transfers.accept(transfer=copy, class_id=cast.other.class_a.id, by=admin, now=timezone.now())


def seen(actor, model, student_id):
    with entered(actor):
        lookup = dict(of_pupils())[model]
        return model.objects.filter(**{lookup: student_id}).count()


def test_until_acceptance_the_receiving_school_sees_its_copy_and_nothing_else(cast):
    make_records(cast, cast.home)
    offered(cast)
    everything = cast.platform(cast.other)
    assert {model: seen(everything, model, cast.home.pupil.id) for model, _ in of_pupils()} == {
        model: 0 for model, _ in of_pupils()
    }
    with entered(cast.actor(cast.other.school_admin, cast.other)):
        copy = Transfer.objects.get()
        assert (copy.name, copy.born, copy.state) == (cast.home.pupil.name, "2010-05-04", "offered")
    control = cast.platform(cast.home)
    assert all(seen(control, model, cast.home.pupil.id) for model in FOLLOWING)


def test_after_acceptance_the_whole_file_is_here_readable_and_gone_there(cast):
    make_records(cast, cast.home)
    with entered(cast.platform(cast.home)):
        number = Student.objects.get(pk=cast.home.pupil.id).student_number
        phone = Guardian.objects.get(student=cast.home.pupil).phone
        Alert.objects.get().refresh_from_db()
        alert = Alert.objects.get()
        alert.note = "只给心理教师看"
        alert.save()
    pupil = accepted(cast)
    with entered(cast.platform(cast.other)):
        row = Student.objects.get(pk=pupil.id)
        assert (row.school_id, row.school_class_id, row.student_number) == (
            cast.other.school.id,
            cast.other.class_a.id,
            number,
        )
        assert Guardian.objects.get(student=row).phone == phone
        assert {one.note for one in CaseStep.objects.filter(student=row)} == {
            f"canary-{cast.home.school.slug}-case-step"
        }
        assert Alert.objects.get(student=row).note == "只给心理教师看"
        assert SchoolingStep.objects.get(student=row).place == cast.home.school.name
        assert Enrolment.objects.filter(student=row, ends_on__isnull=True).get().school_class == cast.other.class_a
    assert all(seen(cast.platform(cast.other), model, pupil.id) for model in FOLLOWING)
    assert not any(seen(cast.platform(cast.home), model, pupil.id) for model, _ in of_pupils())


def test_notes_reports_and_the_crisis_thread_follow_the_case_and_open_there_for_whom_they_opened_here(cast):
    case_id, *_ = make_case(cast.home, now=timezone.now())
    make_crisis(cast.home, case_id, cast.district_lead)
    words, author = f"canary-{cast.home.school.slug}-case", cast.home.counsellor.id
    accepted(cast)
    with entered(replace(cast.platform(cast.other), id=author)):
        assert TeamSummary.objects.get().text == f"{words}-summary"
        assert ProcessNote.objects.get().text == f"{words}-process"
        assert words in MandatoryRecord.objects.get().content
        assert CrisisThread.objects.get().case_id == case_id
        assert f"{words}-thread" in ThreadEntry.objects.get().content
        assert Glass.objects.get().words == f"canary-{cast.home.school.slug}-glass"
    with entered(cast.platform(cast.other)):
        assert TeamSummary.objects.exists()
        assert not ProcessNote.objects.exists(), "a move widens no circle"
        assert not MandatoryRecord.objects.exists()
    with entered(replace(cast.platform(cast.home), id=author)):
        for model in (TeamSummary, ProcessNote, MandatoryRecord, CrisisThread, ThreadEntry, Glass):
            assert not model.objects.exists(), model


def test_the_number_finds_the_pupil_at_the_new_school(cast):
    with entered(cast.platform(cast.home)):
        number = Student.objects.get(pk=cast.home.pupil.id).student_number
    accepted(cast)
    again = AskedPerson("别名", "F", None, student_number=number)
    asker = cast.actor(cast.far.school_admin, cast.far)
    with entered(asker):
        transfers.ask(person=again, from_school_id=cast.other.school.id, by=asker, now=timezone.now())
    with entered(cast.platform(cast.other)):
        assert Transfer.objects.get(direction="out").subject == cast.home.pupil.id


def test_a_request_tells_the_asker_nothing_and_asking_twice_asks_once(cast):
    asker = cast.actor(cast.other.school_admin, cast.other)
    known = AskedPerson(cast.home.pupil.name, "F", cast.home.pupil.birth_date)
    nobody = AskedPerson("查无此人", "F", cast.home.pupil.birth_date)
    with entered(asker):
        one, again, none = (
            transfers.ask(person=person, from_school_id=cast.home.school.id, by=asker, now=timezone.now())
            for person in (known, known, nobody)
        )
        assert one.pk == again.pk
        assert (one.state, one.subject) == (none.state, none.subject) == ("asked", None)


def test_a_request_that_is_released_can_be_accepted(cast):
    asker, sender = (cast.actor(place.school_admin, place) for place in (cast.other, cast.home))
    person = AskedPerson(cast.home.pupil.name, "F", cast.home.pupil.birth_date)
    with entered(asker):
        mine = transfers.ask(person=person, from_school_id=cast.home.school.id, by=asker, now=timezone.now())
        with pytest.raises(transfers.Refused, match="state"):
            transfers.accept(transfer=mine, class_id=cast.other.class_a.id, by=asker, now=timezone.now())
    with entered(sender):
        theirs = Transfer.objects.get()
        transfers.release(transfer=theirs, student=cast.home.pupil, by=sender, now=timezone.now())
    with entered(asker):
        transfers.accept(transfer=mine, class_id=cast.other.class_a.id, by=asker, now=timezone.now())
        assert Student.objects.filter(pk=cast.home.pupil.id).exists()


def test_decline_needs_a_reason_and_comes_from_the_right_side(cast):
    sender, receiver = (cast.actor(place.school_admin, place) for place in (cast.home, cast.other))
    mine, now = offered(cast), timezone.now()
    with entered(sender), pytest.raises(transfers.Refused, match="state"):
        transfers.decline(transfer=mine, reason="不行", by=sender, now=now)
    theirs = receiver_copy(cast, receiver)
    with entered(receiver):
        with pytest.raises(transfers.Refused, match="reason"):
            transfers.decline(transfer=theirs, reason=" ", by=receiver, now=now)
        with pytest.raises(transfers.Refused, match="state"):
            transfers.withdraw(transfer=theirs, by=receiver, now=now)
        transfers.decline(transfer=theirs, reason="没有学位", by=receiver, now=now)
    with entered(sender):
        assert Transfer.objects.get().reason == "没有学位"
        transfers.offer(student=cast.home.pupil, to_school_id=cast.far.school.id, by=sender, now=now)


def test_nobody_but_the_administrator_of_a_side_may_do_anything(cast):
    copy = offered(cast)
    for actor in (cast.actor(cast.home.counsellor, cast.home), cast.actor(cast.far.school_admin, cast.far)):
        with entered(actor), pytest.raises(NotVisible):
            transfers.withdraw(transfer=copy, by=actor, now=timezone.now())


def test_the_database_moves_nobody_who_was_not_offered(cast):
    admin = cast.actor(cast.other.school_admin, cast.other)
    copy = offered(cast)
    with entered(admin), pytest.raises(Exception, match="not offered"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT moving.accept_pupil(%s, %s)", [copy.pair, cast.home.pupils_a[1].id])


def test_the_database_seals_again_only_what_is_being_accepted(cast):
    """Histories are append-only for the app: outside an acceptance nobody rewrites a step, not even with all sight."""
    case, *_ = make_case(cast.home, now=timezone.now())
    admin = cast.platform(cast.home)
    with entered(admin):
        step = CaseStep.objects.get(case=case)
    arguments = [uuid4(), cast.home.pupil.id, "cases_casestep", step.pk, ["note"], [b"forged"]]
    with (
        entered(admin),
        pytest.raises(Exception, match="not being accepted"),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute("SELECT moving.reseal(%s, %s, %s::regclass, %s, %s, %s::bytea[])", arguments)


def test_a_number_that_is_here_already_stops_the_acceptance_and_nothing_has_moved(cast):
    with entered(cast.platform(cast.home)):
        number = Student.objects.get(pk=cast.home.pupil.id).student_number
    with entered(cast.platform(cast.other)):
        twin = cast.other.pupils_a[1]
        twin.student_number = number
        twin.save()
    with pytest.raises(transfers.Refused, match="number"):
        accepted(cast)
    assert seen(cast.platform(cast.home), Student, cast.home.pupil.id) == 1


def test_slips_and_sessions_end_with_the_move(cast):
    accepted(cast)
    with entered(cast.platform(cast.other)):
        assert not Slip.objects.filter(voided_at__isnull=True, student_id=cast.home.pupil.id).exists()
        assert not PupilSession.objects.filter(ended_at__isnull=True, student_id=cast.home.pupil.id).exists()


def test_every_sealed_text_of_a_pupil_can_be_found_by_its_pupil():
    """A table with sealed text that hangs on a pupil only by way of another row would be forgotten."""
    known = {model for model, _ in of_pupils()}
    free = {"people_transfer", "people_merge", "people_rosterdraft", "people_rosterpart", "people_slipprint"}
    free |= {"screening_earlylook"}
    # What was written to a school stays with that school: it may name nobody, or somebody else.
    free |= {"concerns_concern", "concerns_concernmessage", "concerns_bullyingreport", "concerns_bullyingmessage"}
    # A plan of care after an incident names no pupil; why a file was asked for is the word of the school that asked.
    free |= {"cases_ring", "papers_export"}
    forgotten = {
        table
        for table, (model, _) in declared().items()
        if table in protected_tables() - free and model and resealing.sealed_fields(model) and model not in known
    }
    assert forgotten == set()


def test_two_acceptances_at_once_move_the_pupil_once(committed_cast):
    cast = committed_cast
    with transaction.atomic():
        offered(cast)
        admin = cast.actor(cast.other.school_admin, cast.other)
        copy = receiver_copy(cast, admin)
    outcomes, start = [], threading.Barrier(2)

    def run():
        start.wait()
        try:
            with transaction.atomic(), entered(admin):
                transfers.accept(transfer=copy, class_id=cast.other.class_a.id, by=admin, now=timezone.now())
            outcomes.append("accepted")
        except transfers.Refused as refused:
            outcomes.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join(30) for thread in threads]
    assert sorted(outcomes) == ["accepted", "state"]
    with transaction.atomic(), entered(cast.platform(cast.other)):
        assert Enrolment.objects.filter(student_id=cast.home.pupil.id, ends_on__isnull=True).count() == 1
