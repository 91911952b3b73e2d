"""What crosses the border of alerts: findings with their reasons, and whose sheet they are about."""

from dataclasses import dataclass
from uuid import UUID

from qingyan.alerts.rules.findings import Finding, Reason
from qingyan.alerts.rules.pack import Level, Pack

__all__ = ["AlertFacts", "Finding", "Level", "Pack", "Reason", "SheetFacts"]


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
