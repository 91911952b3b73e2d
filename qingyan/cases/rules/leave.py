"""Leave and return: the shape of their file, and by when a return must be decided. Pure."""

from datetime import datetime

from pydantic import Field

from qingyan.cases.rules.deadlines import SchoolCalendar, deadline
from qingyan.cases.rules.pack import Code, Span, Strict, Text, Version

LONGEST_RETURN_SCHOOL_DAYS = 10
DECISIONS = frozenset({"grant", "refuse", "admit", "not_yet"})
APPEAL_DECISIONS = frozenset({"uphold", "overturn"})


class ReturnDays(Strict):
    """By when each step of a return is done, all counted from the hand-in of the materials."""

    check: Span
    evaluate: Span
    decide: Span


class LeaveGuide(Strict):
    """The versioned file library/leave."""

    code: Code
    version: Version
    title: Text
    about: Text
    contact_every_days: int = Field(ge=1, le=31)
    return_: ReturnDays = Field(alias="return")
    appeal: Span

    @property
    def name(self) -> str:
        """As rows keep it: "leave/1.0"."""
        return f"{self.code}/{self.version}"


def state_due(
    guide: LeaveGuide, state: str, *, handed_in_at: datetime | None, now: datetime, calendar: SchoolCalendar
) -> datetime | None:
    """When this state of a return must be left; None for a state whose time the workflow's table says.

    Every step of the return counts from the hand-in, so that a slow one leaves less for the next, never more.
    """
    if state == "appealed":
        return deadline(guide.appeal, since=now, calendar=calendar)
    spans = {"handed_in": guide.return_.check, "checked": guide.return_.evaluate, "evaluated": guide.return_.decide}
    if state not in spans or handed_in_at is None:
        return None
    return deadline(spans[state], since=handed_in_at, calendar=calendar)


def is_another(decided_by: object, decider: object) -> bool:
    """Whether an appeal is decided by somebody else than the first decision. Nobody is not somebody else."""
    return decider is not None and decided_by is not None and decided_by != decider
