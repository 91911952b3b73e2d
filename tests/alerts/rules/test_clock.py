"""How time counts: always, or only while the school is open; holidays, made-up Saturdays and nights included."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.alerts.rules.clock import SchoolCalendar, elapsed, moment_after

HERE = ZoneInfo("Asia/Shanghai")
NEW_YEAR, MADE_UP = date(2027, 1, 1), date(2027, 1, 9)
CALENDAR = SchoolCalendar(
    opens=time(8),
    closes=time(17),
    zone=HERE,
    terms=((date(2026, 9, 1), date(2027, 1, 22)),),
    special={NEW_YEAR: False, MADE_UP: True},
)


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), HERE)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 31), True),
        (NEW_YEAR, False),
        (date(2027, 1, 2), False),
        (MADE_UP, True),
        (date(2027, 1, 25), False),
    ],
    ids=["Thursday", "holiday on a Friday", "Saturday", "Saturday made up", "Monday after the term"],
)
def test_a_school_day_is_as_registered_else_by_weekday_and_term(day, works):
    assert CALENDAR.is_school_day(day) is works


def test_without_terms_every_weekday_counts():
    assert SchoolCalendar(time(8), time(17), HERE).is_school_day(date(2027, 8, 2))


def test_the_closing_minute_is_outside():
    day = date(2026, 12, 31)
    assert [CALENDAR.is_school_time(at(day, clock)) for clock in ("07:59", "08:00", "16:59", "17:00")] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("since", "now", "minutes"),
    [
        (at(date(2026, 12, 31), "16:30"), at(date(2026, 12, 31), "16:50"), 20),
        (at(date(2026, 12, 31), "16:30"), at(date(2027, 1, 4), "08:15"), 45),
        (at(NEW_YEAR, "10:00"), at(NEW_YEAR, "15:00"), 0),
        (at(date(2026, 12, 31), "05:00"), at(date(2026, 12, 31), "07:00"), 0),
        (at(date(2026, 12, 31), "12:00"), at(date(2026, 12, 31), "11:00"), 0),
    ],
    ids=["within a day", "over a night, a holiday and a weekend", "on a holiday", "before school", "backwards"],
)
def test_only_school_time_counts_for_that_clock(since, now, minutes):
    assert elapsed("school_time", since, now, CALENDAR) == timedelta(minutes=minutes)


def test_the_clock_that_never_sleeps_counts_nights_and_holidays():
    since = at(date(2026, 12, 31), "23:55")
    assert elapsed("always", since, since + timedelta(hours=30), CALENDAR) == timedelta(hours=30)


@given(
    since=st.datetimes(datetime(2026, 9, 1), datetime(2027, 1, 15)),
    minutes=st.integers(1, 60 * 20),
    clock=st.sampled_from(["always", "school_time"]),
)
def test_when_it_says_that_time_will_have_counted_it_has(since, minutes, clock):
    since, wanted = since.replace(tzinfo=UTC), timedelta(minutes=minutes)
    moment = moment_after(clock, since, wanted, CALENDAR)
    if moment is not None:  # the term may end before
        assert elapsed(clock, since, moment, CALENDAR) == wanted
        assert elapsed(clock, since, moment - timedelta(seconds=1), CALENDAR) < wanted


def test_a_school_that_does_not_open_any_more_is_said_to_be_so():
    assert moment_after("school_time", at(date(2027, 1, 22), "16:00"), timedelta(hours=2), CALENDAR) is None
