"""The steps in which a round is planned, what is still missing, and the days that are proposed. Pure.

A draft is a round from its first step on, so its days are filled with a proposal; a step counts as settled only when
somebody has saved it. A round opens when every step is settled.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta

PURPOSE, INSTRUMENTS, DATES, CONSENT, CUTOFFS, CHECK = (
    "purpose",
    "instruments",
    "dates",
    "consent",
    "cutoffs",
    "check",
)
STEPS = (PURPOSE, INSTRUMENTS, DATES, CONSENT, CUTOFFS, CHECK)
TO_SETTLE = STEPS[:-1]
LEAD_DAYS, ROUND_DAYS = 14, 11  # two weeks ahead for rosters and consent; from a Monday to the Friday of the next week
OPENS, CLOSES = time(8), time(18)


def missing(settled: Collection[str]) -> list[str]:
    """The steps that nobody has saved yet, in order."""
    return [step for step in TO_SETTLE if step not in settled]


def following(step: str) -> str:
    """The step after this one; the last stays. Raises ValueError for no step."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def with_step(settled: Collection[str], step: str) -> list[str]:
    """The settled steps with this one, in order."""
    return [one for one in TO_SETTLE if one in settled or one == step]


def proposed_window(local_now: datetime) -> tuple[datetime, datetime]:
    """The days that a new draft stands on until somebody says others: from a Monday at least two weeks ahead."""
    day = local_now.date() + timedelta(days=LEAD_DAYS)
    monday = day + timedelta(days=-day.weekday() % 7)
    last = monday + timedelta(days=ROUND_DAYS)
    zone = local_now.tzinfo
    return datetime.combine(monday, OPENS, tzinfo=zone), datetime.combine(last, CLOSES, tzinfo=zone)
