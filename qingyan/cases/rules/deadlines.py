"""By when something is due: a span of the pack, counted from a moment on the school's calendar. Pure.

Stated rules of the clock:
- hours and days never stand still: a child in danger has no holidays;
- school days stand still on weekends, on holidays and outside the terms, and end after at_most_days all the same;
- a span in days ends when the school day ends; what comes in late on its day gets at least same_day_least_hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from qingyan.cases.rules.pack import CalendarRules, CasePack, Level, Span

WEEKEND = (5, 6)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SchoolCalendar:
    """The days with school: as registered, else inside a term, no weekend, no holiday; local time."""

    rules: CalendarRules
    terms: tuple[tuple[date, date], ...]
    zone: tzinfo
    special: Mapping[date, bool] = field(default_factory=dict)

    def is_school_day(self, day: date) -> bool:
        """Whether there is school on this day."""
        if day in self.special:
            return self.special[day]
        if day.weekday() in WEEKEND:
            return False
        return f"{day:%m-%d}" not in self.rules.holidays and any(start <= day <= end for start, end in self.terms)

    def end_of(self, day: date) -> datetime:
        """The moment at which this day ends for a deadline."""
        return datetime.combine(day, self.rules.end, tzinfo=self.zone)


def deadline(span: Span, *, since: datetime, calendar: SchoolCalendar) -> datetime:
    """The moment at which the span, begun at `since`, runs out. Never before `since`."""
    if span.unit == "hours":
        return since + timedelta(hours=span.n)
    today = since.astimezone(calendar.zone).date()
    if span.unit == "same_day":
        least = since + timedelta(hours=calendar.rules.same_day_least_hours)
        return max(calendar.end_of(today), least)
    last = today + timedelta(days=span.n) if span.unit == "days" else _school_day(span, today, calendar)
    return calendar.end_of(last)


def _school_day(span: Span, today: date, calendar: SchoolCalendar) -> date:
    left, day = span.n, today
    latest = today + timedelta(days=span.at_most_days or span.n)
    while left > 0 and day < latest:
        day += ONE_DAY
        left -= calendar.is_school_day(day)
    return day


def span_of(pack: CasePack, state: str, level: str) -> Span | None:
    """How long a case of this level may stay in this state; None where it may stay for ever (it has ended)."""
    by_level: dict[str, Span] = _by_level(pack.level(level))
    waits = pack.waits
    fixed = {
        "candidate": waits.candidate,
        "seal_asked": waits.seal_asked,
        "referred": waits.referred,
        "on_leave": waits.on_leave,
        "returned": waits.returned,
        "quiet_watch": Span(unit="days", n=pack.follow_up.watch_days),
    }
    return by_level.get(state) or fixed.get(state)


def due(pack: CasePack, *, state: str, level: str, since: datetime, calendar: SchoolCalendar) -> datetime | None:
    """When a case that came into this state at `since` must move on; None in a final state.

    A candidate, too, waits no longer than the interview of its urgency: red is seen today whatever the table says.
    """
    span = span_of(pack, state, level)
    if span is None:
        return None
    found = deadline(span, since=since, calendar=calendar)
    if state == "candidate":
        found = min(found, deadline(pack.level(level).interview, since=since, calendar=calendar))
    return found


def follow_up_days(pack: CasePack, *, since: date, terms: Sequence[tuple[date, date]]) -> list[tuple[date, str]]:
    """The days on which the pupil is looked at again within the watch, each with why, in order.

    Terms stand for exams and holidays: before one ends, after one starts.
    """
    rules = pack.follow_up
    found = [(since + timedelta(days=days), f"after_{days}") for days in rules.after_days]
    for start, end in terms:
        found.append((start + timedelta(days=rules.after_term_starts_days), "after_holidays"))
        found.append((end - timedelta(days=rules.before_term_ends_days), "before_exams"))
    latest = since + timedelta(days=rules.watch_days)
    return sorted((day, why) for day, why in found if since < day <= latest)


def _by_level(level: Level) -> dict[str, Span]:
    return {"interview_due": level.interview, "interviewed": level.panel, "panel": level.panel, "care": level.review}
