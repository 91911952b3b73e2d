"""How time counts for an alert: always, or only while the school is open. Pure.

Decides what a school day and school time are, and how much of a span counted. Which clock an alert has is data of the
duty pack (rules/duty.py); who has to act when a time has run out is decided there too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

Clock = Literal["always", "school_time"]
WEEKEND = (5, 6)
LONGEST_LOOK = 400  # days; a school that never opens again within a year does not make the search endless


@dataclass(frozen=True)
class SchoolCalendar:
    """When a school is open. `special`: days that are not as their weekday says; without terms every weekday counts."""

    opens: time
    closes: time
    zone: tzinfo
    terms: tuple[tuple[date, date], ...] = ()
    special: Mapping[date, bool] = field(default_factory=dict)

    def is_school_day(self, day: date) -> bool:
        """Whether the school works on this day: as registered, else Monday to Friday inside a term."""
        if day in self.special:
            return self.special[day]
        in_term = not self.terms or any(first <= day <= last for first, last in self.terms)
        return in_term and day.weekday() not in WEEKEND

    def is_school_time(self, moment: datetime) -> bool:
        """Whether the school is open at this moment; the closing minute is outside."""
        local = moment.astimezone(self.zone)
        return self.is_school_day(local.date()) and self.opens <= local.time() < self.closes

    def openings(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every opening that ends after `since`, in order."""
        first = since.astimezone(self.zone).date()
        for day in (first + timedelta(days=ahead) for ahead in range(LONGEST_LOOK)):
            if self.is_school_day(day):
                opened = datetime.combine(day, self.opens, self.zone)
                closed = datetime.combine(day, self.closes, self.zone)
                if closed > since:
                    yield max(opened, since), closed


def elapsed(clock: Clock, since: datetime, now: datetime, calendar: SchoolCalendar) -> timedelta:
    """How much of the span counts. A span that ends before it starts is nothing."""
    if clock == "always":
        return max(now - since, timedelta())
    total = timedelta()
    for opened, closed in calendar.openings(since):
        if opened >= now:
            break
        total += min(closed, now) - opened
    return total


def moment_after(clock: Clock, since: datetime, counted: timedelta, calendar: SchoolCalendar) -> datetime | None:
    """When so much time will have counted; None when the school does not open long enough within a year."""
    if clock == "always":
        return since + counted
    left = counted
    for opened, closed in calendar.openings(since):
        if closed - opened >= left:
            return opened + left
        left -= closed - opened
    return None
