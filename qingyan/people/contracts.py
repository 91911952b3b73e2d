"""What people gives across its border: plain frozen values, never a model."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from qingyan.people.rules.tickets import PupilTicket

__all__ = ["PrintedSlip", "Pupil", "PupilTicket"]


@dataclass(frozen=True)
class Pupil:
    """A pupil as other domains may show one. `school_class` is None for somebody without a present class."""

    id: UUID
    school: int
    school_class: int | None
    name: str
    masked_name: str
    sex: str
    birth_date: date | None
    state: str


@dataclass(frozen=True)
class PrintedSlip:
    """One slip at the only moment when its code is known."""

    student: UUID
    name: str
    code: str
    expires_at: datetime
