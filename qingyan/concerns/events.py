"""Facts that concerns announces to higher domains, inside the transaction. Identifiers only, never a word."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.concerns.contracts import Kind, Urgency


@dataclass(frozen=True, slots=True)
class ConcernRaised:
    """Somebody reported something. `student` is None while nobody knows who is meant; announced again then."""

    report: UUID
    kind: Kind
    urgency: Urgency
    school: int
    school_class: int | None
    student: UUID | None
    at: datetime
    request: str = ""
