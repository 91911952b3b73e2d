"""What each step of a pupil's file has in common: class, enrolment, slips and sessions, and the line in the history.

Called by the actions of schooling, transfers, promotion; they permit and record.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from qingyan.foundation.access.actor import Actor, Kind, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.events.api import announce
from qingyan.people.events import ClassesChanged
from qingyan.people.models import Enrolment, PupilSession, SchoolingStep, Slip, Student

EVERY_SIGHT = frozenset(Sight)


def platform_at(school_id: int, purpose: str) -> Actor:
    """The platform at a school with all sight, for what an action does there by the order of somebody."""
    return system_actor(school_id=school_id, sight=EVERY_SIGHT, purpose=purpose)


def account_of(by: Actor) -> Any:
    """The account that stands beside a deed; None for the platform."""
    return by.id if by.kind is Kind.STAFF else None


def shut_door(student_ids: Collection[UUID], *, school_id: int, now: datetime) -> None:
    """Slips open nothing any more and sessions end, at once."""
    with entered(platform_at(school_id, "schooling step")):
        Slip.objects.filter(student_id__in=student_ids, voided_at__isnull=True).update(voided_at=now)
        PupilSession.objects.filter(student_id__in=student_ids, ended_at__isnull=True).update(ended_at=now)


def close_enrolment(student_id: UUID, *, on: date) -> None:
    """The present period in a class ends on this day."""
    Enrolment.objects.filter(student_id=student_id, ends_on__isnull=True).update(ends_on=on)


def place(student: Student, class_id: int | None, *, state: str, on: date) -> None:
    """Put the pupil into a class (None: into none) and this state, with the enrolment that belongs to it."""
    close_enrolment(student.id, on=on)
    Student.objects.filter(pk=student.pk).update(school_class_id=class_id, state=state)
    if class_id is not None:
        Enrolment.objects.create(
            student_id=student.id, school_id=student.school_id, school_class_id=class_id, starts_on=on
        )
    student.school_class_id, student.state = class_id, state


def note_step(student: Student, verb: str, states: tuple[str, str], *, by: Actor, now: datetime, **more: str) -> None:
    """One line of the pupil's history. `more`: place, note."""
    SchoolingStep.objects.create(
        student_id=student.id,
        school_id=student.school_id,
        verb=verb,
        origin=states[0],
        target=states[1],
        at=now,
        place=more.get("place", ""),
        note=more.get("note") or None,
        by_id=account_of(by),
    )


def with_all_sight(by: Actor) -> Actor:
    """The same person at the same school, lent the sight that moving a whole file needs."""
    return replace(by, extra_sight=by.extra_sight | EVERY_SIGHT)


def announce_classes(school_id: int | None, now: datetime) -> None:
    """Higher domains hear, in this transaction, that pupils or teachers of the school stand elsewhere."""
    if school_id is not None:
        with connection.cursor() as cursor:
            announce(ClassesChanged(school_id, now), cursor)
