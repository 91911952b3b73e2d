"""Slips: issue for a class, issue one again, void one. The code is known only while it is being printed.

The keyed hash is bound to the class, so a slip opens no other class's door. Who may try it is actions/door.py.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.crypto.blind import blind_index
from qingyan.people.contracts import PrintedSlip
from qingyan.people.models import PupilSession, Slip, Student
from qingyan.people.policy import MANAGE_SLIPS
from qingyan.people.queries.slips import pupils_for_slips
from qingyan.people.rules.pictures import CODES
from qingyan.people.rules.slip_codes import new_code, printed

LONGEST_VALIDITY = timedelta(days=60)


class NoPupils(Exception):
    """There is nobody in this class to give a slip to."""


def code_hash(*, class_id: int, code: str) -> str:
    """What is stored of a code: 64 hex signs, useless without the index key and in any other class."""
    return blind_index(settings.QINGYAN_INDEX_KEY, "people_slip", "code", f"{class_id}/{code}").hex()


def issue(*, class_id: int, validity: timedelta, by: Actor, now: datetime) -> list[PrintedSlip]:
    """New slips for everybody of a class, in the order of names; the old ones are void from now on.

    Raises NoPupils when the class is empty or not the actor's, ValueError for a validity beyond 60 days.
    """
    require(by, MANAGE_SLIPS)
    if not timedelta(0) < validity <= LONGEST_VALIDITY:
        raise ValueError("a slip is valid for 1 to 60 days")
    pupils = pupils_for_slips(by, class_id)
    if not pupils:
        raise NoPupils
    slips = _replace(pupils, expires_at=now + validity, now=now)
    record(
        by=by,
        action="slips.issued",
        subject_kind="class",
        subject_id=class_id,
        detail={"count": len(slips)},
        now=now,
    )
    return slips


def reissue(*, student: Student, validity: timedelta, by: Actor, now: datetime) -> PrintedSlip:
    """A new slip for one pupil; the old one is void from now on, and whoever came in with it is out."""
    require(by, MANAGE_SLIPS, student)
    if not timedelta(0) < validity <= LONGEST_VALIDITY:
        raise ValueError("a slip is valid for 1 to 60 days")
    (slip,) = _replace([student], expires_at=now + validity, now=now)
    _sign_out(student, now=now)
    _record_one("slip.reissued", student.id, by=by, now=now)
    return slip


def void(*, student: Student, by: Actor, now: datetime) -> bool:
    """The pupil's slip opens nothing any more, and whoever came in with it is out. False when there was none."""
    require(by, MANAGE_SLIPS, student)
    changed = Slip.objects.filter(student=student, voided_at__isnull=True).update(voided_at=now)
    if changed:
        _sign_out(student, now=now)
        _record_one("slip.voided", student.id, by=by, now=now)
    return bool(changed)


def _sign_out(student: Student, *, now: datetime) -> None:
    """A slip that is replaced was lost or misused. What has been saved stays; the pupil goes on with the new slip."""
    doorkeeper = system_actor(school_id=student.school_id, sight=frozenset({Sight.DOOR}), purpose="slip voided")
    with entered(doorkeeper):
        PupilSession.objects.filter(student_id=student.id, ended_at__isnull=True).update(ended_at=now)


def _replace(pupils: Sequence[Student], *, expires_at: datetime, now: datetime) -> list[PrintedSlip]:
    Slip.objects.filter(student__in=[pupil.id for pupil in pupils], voided_at__isnull=True).update(voided_at=now)
    codes = [new_code(secrets.choice) for _ in pupils]
    pictures = [secrets.choice(CODES) for _ in pupils]
    Slip.objects.bulk_create(
        Slip(
            student=pupil,
            school_id=pupil.school_id,
            school_class_id=pupil.school_class_id,
            code_hash=code_hash(class_id=pupil.school_class_id, code=code),
            picture=picture,
            issued_at=now,
            expires_at=expires_at,
        )
        for pupil, code, picture in zip(pupils, codes, pictures, strict=True)
    )
    return [
        PrintedSlip(pupil.id, pupil.name, printed(code), picture, expires_at)
        for pupil, code, picture in zip(pupils, codes, pictures, strict=True)
    ]


def _record_one(action: str, student_id: UUID, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="student", subject_id=student_id, student_id=student_id, now=now)
