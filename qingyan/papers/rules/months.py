"""Months of reports: their span, when they are due, how a school stands, whether there was nothing. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

DUE_DAY = 5  # by the 5th of the next month
HANDED, EARLY, DUE, OVERDUE = "handed", "early", "due", "overdue"
COUNTED = ("opened", "in_care", "closed")
SINGLE = ("incidents", "referred", "on_leave")


@dataclass(frozen=True)
class Month:
    """One month by its first day."""

    first: date

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return date(self.first.year + self.first.month // 12, self.first.month % 12 + 1, 1)

    @property
    def before(self) -> "Month":
        """The month before."""
        last = self.first.toordinal() - 1
        return month_of(date.fromordinal(last))

    @property
    def due_on(self) -> date:
        """The last day on which a report is in time."""
        return self.after.replace(day=DUE_DAY)

    @property
    def code(self) -> str:
        """As addresses write it: 2026-11."""
        return f"{self.first:%Y-%m}"


def month_of(day: date) -> Month:
    """The month of this day."""
    return Month(day.replace(day=1))


def month_named(code: str, *, today: date) -> Month:
    """The month of this code, or last month when it is none, or has not ended."""
    last = month_of(today).before
    try:
        asked = month_of(date.fromisoformat(f"{code}-01"))
    except ValueError:
        return last
    return asked if date(2000, 1, 1) <= asked.first <= last.first else last


def standing(month: Month, *, handed: bool, today: date) -> str:
    """How a school stands: handed in; or still early, due today, overdue."""
    if handed:
        return HANDED
    if today < month.due_on:
        return EARLY
    return DUE if today == month.due_on else OVERDUE


def may_chase(month: Month, *, handed: bool, today: date) -> bool:
    """Whether the district may remind the school: from the 5th, and only of what is missing."""
    return standing(month, handed=handed, today=today) in {DUE, OVERDUE}


def is_zero(counts: dict[str, Any]) -> bool:
    """Whether there was nothing at all: then the school's report is a zero report, which is filed all the same."""
    return not any(total(counts).values())


def total(counts: dict[str, Any]) -> dict[str, int]:
    """Every count of a report, levels taken together."""
    found = {name: sum(int(line[name]) for line in counts.get("levels", ())) for name in COUNTED}
    return found | {name: int(counts.get(name) or 0) for name in SINGLE}
