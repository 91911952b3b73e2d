"""What stands in the way of an end: of the quiet watch, of closing, of sealing a false flag. Pure.

The promise of this file: no crisis is silently closed. A case of a crisis level ends only after people have lowered it,
and a red flag is called false only after somebody has talked with the pupil.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from qingyan.cases.rules.pack import CasePack

CRISIS, LEVEL_TOO_HIGH, NO_LEVEL = "crisis", "level_too_high", "no_level"
CRITERIA_OPEN, WATCH_TOO_SHORT, ALERT_OPEN, TODO_OPEN = "criteria_open", "watch_too_short", "alert_open", "todo_open"
NOT_INTERVIEWED, MUST_REPORT, UNCONSIDERED = "not_interviewed", "must_report", "unconsidered"


@dataclass(frozen=True)
class Standing:
    """What must be known of a case before it may end."""

    level: str
    urgency: str
    interviewed: bool
    must_report: bool
    open_alerts: int
    open_todos: int


def lowered_enough(pack: CasePack, level: str) -> list[str]:
    """Why a case of this level may not go into the quiet watch."""
    if not level:
        return [NO_LEVEL]
    found = pack.level(level)
    if found.crisis:
        return [CRISIS]
    return [] if found.may_watch else [LEVEL_TOO_HIGH]


def watch_faults(pack: CasePack, standing: Standing, criteria: Collection[str]) -> list[str]:
    """Why the panel may not lead the case into the quiet watch. `standing.level` is the level that it has decided."""
    return lowered_enough(pack, standing.level) + _open_ends(standing) + _criteria(pack, criteria)


def close_faults(
    pack: CasePack, standing: Standing, criteria: Collection[str], *, watched_since: datetime, now: datetime
) -> list[str]:
    """Why the case may not be closed from the quiet watch; what came up since the last panel is considered first."""
    found = lowered_enough(pack, standing.level) + _open_ends(standing) + _criteria(pack, criteria)
    if now - watched_since < timedelta(days=pack.follow_up.watch_days):
        found.append(WATCH_TOO_SHORT)
    if standing.level and pack.graver(standing.urgency, standing.level):
        found.append(UNCONSIDERED)
    return found


def seal_faults(pack: CasePack, standing: Standing) -> list[str]:
    """Why the flag may not be called false: a crisis, a grave one nobody has looked into, a todo to report.

    Another alert that waits is a reason, too: one false flag says nothing about the next.
    """
    found = []
    if standing.level and pack.level(standing.level).crisis:
        found.append(CRISIS)
    if pack.level(standing.urgency).crisis and not standing.interviewed:
        found.append(NOT_INTERVIEWED)
    if standing.must_report:
        found.append(MUST_REPORT)
    if standing.open_alerts:
        found.append(ALERT_OPEN)
    return found


def _open_ends(standing: Standing) -> list[str]:
    found = []
    if standing.open_alerts:
        found.append(ALERT_OPEN)
    if standing.open_todos:
        found.append(TODO_OPEN)
    return found


def _criteria(pack: CasePack, met: Collection[str]) -> list[str]:
    return [CRITERIA_OPEN] if {one.code for one in pack.closing} - set(met) else []
