"""Opening a pupil's ledger: permitted, recorded, and only then shown."""

from datetime import datetime
from uuid import UUID

from qingyan.consent.policy import READ_LEDGER
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.people.api import pupil
from qingyan.people.contracts import Pupil


def open_ledger(*, student: UUID, by: Actor, now: datetime) -> Pupil:
    """The pupil whose ledger is opened. Raises NotVisible when it is not the actor's to read."""
    require(by, READ_LEDGER)
    asked = pupil(by, student)
    if asked is None:
        raise NotVisible(READ_LEDGER.code)
    record(by=by, action="consent.ledger_read", subject_kind="ledger", subject_id=student, student_id=student, now=now)
    return asked
