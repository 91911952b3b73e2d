"""What crosses the border of concerns. Pure."""

from dataclasses import dataclass

from qingyan.concerns.rules.reports import Circle, Kind, Outcome, Seen, Source, Urgency

__all__ = ["Circle", "Kind", "OnDuty", "Outcome", "Seen", "Source", "Urgency"]


@dataclass(frozen=True)
class OnDuty:
    """Somebody whom a pupil can turn to now, as the school's public page names them."""

    name: str
