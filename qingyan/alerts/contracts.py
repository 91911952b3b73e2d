"""What crosses the border of alerts: findings with their reasons, and whose sheet they are about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.alerts.rules.findings import Finding, Reason
from qingyan.alerts.rules.pack import Level, Pack

__all__ = [
    "AlertClock",
    "AlertFacts",
    "AlertTrace",
    "Finding",
    "Hint",
    "HintWords",
    "Level",
    "Pack",
    "Reason",
    "SheetFacts",
]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Whose sheet it is and where; the class is the one at the time of answering. Instead of a sheet: a report."""

    school_id: int
    school_class_id: int
    student_id: UUID
    sitting_id: UUID | None
    instrument: str
    report: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What a higher domain may know of an alert that its actor may read."""

    id: UUID
    school: int
    student: UUID
    level: str
    state: str
    report: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlertTrace:
    """What a higher domain may know of an alert to order others by: no reason, no word. `thing`: sheet or report."""

    id: UUID
    student: UUID
    thing: UUID
    level: str
    rule: str
    signs: frozenset[str]
    raised_at: datetime
    due_at: datetime | None
    state: str
    close_reason: str
    place_at: datetime
    hint_hours: int


@dataclass(frozen=True, slots=True)
class HintWords:
    """One reason of a hint: a sign and its level, in words of a pack."""

    words: str
    level: str


@dataclass(frozen=True, slots=True)
class Hint:
    """As how many more hours of waiting an alert counts in the queue, and why. It moves forward only."""

    hours: int
    because: tuple[HintWords, ...]


@dataclass(frozen=True)
class AlertClock:
    """One alert for counting: how urgent, when somebody took it, until when that was due; no reason, no name."""

    student: UUID
    level: str
    raised_at: datetime
    due_at: datetime | None
    taken_at: datetime | None
    sealed: bool
