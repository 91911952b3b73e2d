"""Telling a pupil, or a guardian with the printed code, who looked at the file. That it was told is recorded."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.archives import api as archives
from qingyan.archives.contracts import ToldLook
from qingyan.consent.api import pupil_of_code
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.people import api as people
from qingyan.screening.policy import READ_OWN_LOOKS

WHY = "a guardian asks with the printed code who looked"


@dataclass(frozen=True)
class Told:
    """Whose file, and the days with the roles."""

    masked_name: str
    looks: list[ToldLook]


def tell_pupil(*, by: Actor, now: datetime) -> list[ToldLook]:
    """Who looked at the file of the pupil who asks. Raises NotVisible."""
    require(by, READ_OWN_LOOKS)
    if by.student_id is None or by.school_id is None:
        raise NotVisible(READ_OWN_LOOKS.code)
    found = archives.looks_for_pupil(by.school_id, by.student_id, now=now)
    _record(by.student_id, by=by, now=now)
    return found


def tell_guardian(*, school_id: int, code: str, device: str, now: datetime) -> Told | None:
    """The same for whoever holds this code, which is not spent; None for a wrong one, which slows this device only."""
    student = pupil_of_code(school_id=school_id, code=code, device=device, now=now)
    if student is None:
        return None
    keeper = system_actor(school_id=school_id, sight=frozenset({Sight.IDENTITY}), purpose=WHY)
    with entered(keeper):
        pupil = people.pupil(keeper, student)
        if pupil is None:
            return None
        found = archives.looks_for_guardians(school_id, student, now=now)
        _record(student, by=keeper, now=now)
    return Told(pupil.masked_name, found)


def _record(student: UUID, *, by: Actor, now: datetime) -> None:
    record(by=by, action="file.looks_told", subject_kind="file", subject_id=student, student_id=student, now=now)
