"""Facts that alerts announces to higher domains. Identifiers only."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AlertAcknowledged:
    """A named person took charge of an alert."""

    alert_id: UUID
    school_id: int
    student_id: UUID
    by: UUID
