"""What crosses the border of concerns. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.concerns.rules.reports import Circle, Kind, Outcome, Seen, Source, Urgency

__all__ = ["Circle", "ConcernFacts", "Kind", "OnDuty", "Outcome", "ReportTrace", "Seen", "Source", "Urgency"]


@dataclass(frozen=True)
class OnDuty:
    """Somebody whom a pupil can turn to now, as the school's public page names them."""

    name: str


@dataclass(frozen=True)
class ReportTrace:
    """That somebody wrote to the counsellors about a pupil: when, and whether it was the pupil; no word of it."""

    id: UUID
    pupil: UUID
    by_self: bool
    at: datetime


@dataclass(frozen=True)
class ConcernFacts:
    """What a higher domain may know of a report to the counsellors that its actor may read: no word of it."""

    id: UUID
    pupil: UUID | None
    kind: Kind
    urgency: Urgency
    by_self: bool
