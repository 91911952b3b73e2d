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


@dataclass(frozen=True, slots=True)
class AlertAssigned:
    """An alert has an owner, at first or anew. `level` says how soon to look; `step` counts along the ladder."""

    alert_id: UUID
    school_id: int
    owner: UUID
    level: str
    step: int


@dataclass(frozen=True, slots=True)
class AlertEscalated:
    """Nobody acknowledged in time, and the next person owns it now."""

    alert_id: UUID
    school_id: int
    owner: UUID
    level: str
    step: int


@dataclass(frozen=True, slots=True)
class AlertClosed:
    """An alert ended without becoming a case; `reason` is a code of rules/closing.py."""

    alert_id: UUID
    school_id: int
    student_id: UUID
    reason: str
