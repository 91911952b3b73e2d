"""A pupil's sitting: begin after reading the notice, stop, go on, ask for a talk, decline. Answers are saving.py."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.foundation.events.api import announce
from qingyan.instruments import api as instruments
from qingyan.people import api as people
from qingyan.screening.actions.agreeing import not_now, settle
from qingyan.screening.events import HelpRequested
from qingyan.screening.models import AnswerSheet, Sitting
from qingyan.screening.policy import TAKE_TEST
from qingyan.screening.queries.tests import Test
from qingyan.screening.workflow import SET_ASIDE, SITTING


def begin(*, test: Test, by: Actor, now: datetime, assents: bool = False) -> Sitting:
    """The pupil has read the notice and agrees: make the sitting and its empty sheet. Again: the same sitting.

    `assents`: the pupil ticked the own assent on the page. Raises NotYet without the consent that is needed.
    """
    require(by, TAKE_TEST)
    settle(test=test, assents=assents, by=by, now=now)
    try:
        with transaction.atomic():
            sitting = _new_sitting(test, by, now)
    except IntegrityError:  # begun in another tab a moment ago
        mine = Sitting.objects.filter(student_id=by.student_id, again_of_id=test.again_of).exclude(state=SET_ASIDE)
        return mine.get(campaign_id=test.campaign, instrument=test.instrument)
    record(
        by=by,
        action="sitting.begun",
        subject_kind="sitting",
        subject_id=sitting.id,
        student_id=by.student_id,
        detail={"campaign": test.campaign, "notice_version": test.notice_version, "instrument": test.instrument},
        now=now,
    )
    return sitting


def stop(*, sitting: Sitting, by: Actor, now: datetime) -> Sitting:
    """The pupil wants to stop for now; everything answered stays. Stopping twice is no fault."""
    return _step("stop", "sitting.stopped", sitting, by=by, now=now)


def resume(*, sitting: Sitting, by: Actor, now: datetime) -> Sitting:
    """The pupil goes on, on this or another machine."""
    return _step("resume", "sitting.resumed", sitting, by=by, now=now)


def ask_for_help(*, sitting: Sitting, by: Actor, now: datetime) -> None:
    """The pupil would like a teacher to come and talk. No reason is asked and none is kept."""
    require(by, TAKE_TEST, sitting)
    fact = HelpRequested(
        sitting=sitting.id,
        student=sitting.student_id,
        school=sitting.school_id,
        school_class=sitting.school_class_id,
        instrument=sitting.instrument,
        at=now,
        request=by.request_id,
    )
    Sitting.objects.filter(id=sitting.id).update(help_asked_at=now)  # the seat says so at once, without a reason
    with connection.cursor() as cursor:
        announce(fact, cursor)
    _record("help.requested", sitting.id, by=by, now=now)


def decline(*, test: Test, by: Actor, now: datetime) -> None:
    """The pupil does not want to take part now. Recorded without blame; no teacher's page shows it."""
    require(by, TAKE_TEST)
    not_now(test=test, by=by, now=now)
    record(
        by=by,
        action="campaign.declined",
        subject_kind="campaign",
        subject_id=test.campaign,
        student_id=by.student_id,
        now=now,
    )


def _new_sitting(test: Test, by: Actor, now: datetime) -> Sitting:
    plan = instruments.plan(test.instrument, test.version)
    pupil = people.pupil(by, by.student_id) if by.student_id else None
    place = {"student_id": by.student_id, "school_id": by.school_id, "school_class_id": by.class_id}
    sitting = Sitting.objects.create(
        campaign_id=test.campaign,
        instrument=plan.code,
        version=plan.version,
        notice_read_at=now,
        started_at=now,
        again_of_id=test.again_of,
        open_until=test.open_until,
        **place,
    )
    empty = [None] * len(plan.items)
    AnswerSheet.objects.create(
        sitting=sitting,
        instrument=plan.code,
        version=plan.version,
        instrument_hash=plan.digest,
        age=people.age_on(pupil.birth_date, timezone.localdate(now)) if pupil else None,
        answers=empty,
        times=empty,
        sequences=empty,
        **place,
    )
    return sitting


def _step(verb: str, action: str, sitting: Sitting, *, by: Actor, now: datetime) -> Sitting:
    require(by, TAKE_TEST, sitting)
    locked = Sitting.objects.select_for_update().get(id=sitting.id)
    if all(step.verb != verb for step in SITTING.steps_from(locked.state)):
        return locked  # there already, or handed in meanwhile
    locked.state = SITTING.target(verb=verb, origin=locked.state)
    locked.stopped_at = now if verb == "stop" else None
    locked.save(update_fields=["state", "stopped_at"])
    _record(action, locked.id, by=by, now=now)
    return locked


def _record(action: str, sitting_id: UUID, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="sitting", subject_id=sitting_id, student_id=by.student_id, now=now)
