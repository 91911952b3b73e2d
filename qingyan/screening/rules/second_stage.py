"""When teachers may observe, when candidates are listed, from which day a second instrument may be asked. Pure.

The order matters: what a teacher saw is written down before anybody has a list, so the list cannot colour it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LEAST_DAYS, OBSERVE_DAYS = 14, 7
DUE_DAYS = 7  # how long the pupil has, unless the round ends before


@dataclass(frozen=True)
class Window:
    """The teachers' observation of one round at one school."""

    begins: datetime
    ends: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether a teacher may write now; the end itself is outside."""
        return self.begins <= now < self.ends

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended."""
        return now >= self.ends


def window(*, opens_at: datetime, days: int, ended_at: datetime | None = None) -> Window:
    """The first `days` days of the round, or until the school ended it."""
    last = opens_at + timedelta(days=days)
    return Window(opens_at, min(last, ended_at) if ended_at else last)


def first_day(handed_in: date, *, least_days: int) -> date:
    """From which day the next instrument may be asked, counted from the day the last one was handed in."""
    return handed_in + timedelta(days=least_days)


def due_day(from_day: date, *, round_ends: date) -> date:
    """Until which day; never after the round."""
    return min(from_day + timedelta(days=DUE_DAYS), round_ends)


class Agreement(StrEnum):
    """How what the pupil answered and what the teacher saw stand to each other. Neither of them is the truth."""

    BOTH = "both"
    SELF_ONLY = "self_only"
    TEACHER_ONLY = "teacher_only"
    NEITHER = "neither"
    ONE_MISSING = "one_missing"


def agreement(*, answered: bool | None, saw: bool | None) -> Agreement:
    """`answered`: whether the pupil's own answers ask for a talk; `saw`: whether somebody else saw something often."""
    if answered is None or saw is None:
        return Agreement.ONE_MISSING
    if answered:
        return Agreement.BOTH if saw else Agreement.SELF_ONLY
    return Agreement.TEACHER_ONLY if saw else Agreement.NEITHER
