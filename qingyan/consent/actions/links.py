"""Guardians' codes: issue for a class, issue one again, void one. A code is known only while it is being printed.

The keyed hash is bound to the school, so a code opens no other school's door. Who may try it is actions/guardians.py.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from qingyan.consent.contracts import PrintedLink
from qingyan.consent.models import GuardianLink
from qingyan.consent.policy import ISSUE_LINKS
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.foundation.crypto.blind import blind_index
from qingyan.foundation.pure.printed_codes import new_code, printed
from qingyan.people.api import pupil, pupils_of_class
from qingyan.people.contracts import Pupil

CODE_LENGTH = 12  # 60 bits: it stands for months and opens without a second question
LONGEST_VALIDITY = timedelta(days=90)


class NobodyToAsk(Exception):
    """There is nobody in this class whose guardians are to be asked."""


def link_hash(*, school_id: int, code: str) -> str:
    """What is stored of a code: 64 hex signs, useless without the index key and at any other school."""
    return blind_index(settings.QINGYAN_INDEX_KEY, "consent_guardianlink", "code", f"{school_id}/{code}").hex()


def fresh_code() -> str:
    """A new code."""
    return new_code(secrets.choice, length=CODE_LENGTH)


def issue(
    *, class_id: int, validity: timedelta, by: Actor, now: datetime, only: Sequence[UUID] | None = None
) -> list[PrintedLink]:
    """New codes for a class (or those of it in `only`) in the order of names; their older ones are void from now on.

    Raises NobodyToAsk when nobody is left or the class is not the actor's, ValueError beyond 90 days, NotVisible.
    """
    require(by, ISSUE_LINKS)
    asked = [one for one in pupils_of_class(by, class_id) if only is None or one.id in set(only)]
    if not asked:
        raise NobodyToAsk
    links = _replace(asked, validity=validity, now=now)
    record(
        by=by,
        action="consent.links_issued",
        subject_kind="class",
        subject_id=class_id,
        detail={"count": len(links)},
        now=now,
    )
    return links


def reissue(*, student: UUID, validity: timedelta, by: Actor, now: datetime) -> PrintedLink:
    """A new code for one pupil; older ones are void from now on. Raises NobodyToAsk, ValueError, NotVisible."""
    require(by, ISSUE_LINKS)
    asked = pupil(by, student)
    if asked is None:
        raise NobodyToAsk
    (link,) = _replace([asked], validity=validity, now=now)
    _record_one("consent.link_reissued", student, by=by, now=now)
    return link


def void(*, student: UUID, by: Actor, now: datetime) -> bool:
    """The pupil's codes open nothing any more. False when there was none. Raises NotVisible."""
    require(by, ISSUE_LINKS)
    changed = GuardianLink.objects.filter(
        school_id=by.school_id, student_id=student, used_at__isnull=True, voided_at__isnull=True
    ).update(voided_at=now)
    if changed:
        _record_one("consent.link_voided", student, by=by, now=now)
    return bool(changed)


def _replace(asked: Sequence[Pupil], *, validity: timedelta, now: datetime) -> list[PrintedLink]:
    if not timedelta(0) < validity <= LONGEST_VALIDITY:
        raise ValueError("a guardian's code is valid for 1 to 90 days")
    ids = [one.id for one in asked]
    GuardianLink.objects.filter(student_id__in=ids, used_at__isnull=True, voided_at__isnull=True).update(voided_at=now)
    until = now + validity
    made = [(one, fresh_code()) for one in asked]
    GuardianLink.objects.bulk_create(
        GuardianLink(
            student_id=one.id,
            school_id=one.school,
            code_hash=link_hash(school_id=one.school, code=code),
            issued_at=now,
            expires_at=until,
        )
        for one, code in made
    )
    return [PrintedLink(one.id, one.name, one.masked_name, printed(code), until) for one, code in made]


def _record_one(action: str, student: UUID, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="student", subject_id=student, student_id=student, now=now)
