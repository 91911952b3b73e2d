"""By when something is due: hours and days never stand still, school days do, but never for ever."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.cases.queries import packs
from qingyan.cases.rules.deadlines import SchoolCalendar, deadline, due, follow_up_days
from qingyan.cases.rules.pack import Span
from qingyan.cases.workflow import CASE, OPEN_STATES

ZONE = ZoneInfo("Asia/Shanghai")
PACK = packs.current()
TERMS = ((date(2026, 9, 1), date(2027, 1, 22)), (date(2027, 2, 22), date(2027, 7, 2)))
CALENDAR = SchoolCalendar(PACK.calendar, TERMS, ZONE)


def local(day: str, clock: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("span", "since", "expected"),
    [
        (Span(unit="hours", n=24), local("2026-11-27"), local("2026-11-28")),
        (Span(unit="same_day"), local("2026-11-27"), local("2026-11-27", "18:00")),
        (Span(unit="same_day"), local("2026-11-27", "17:30"), local("2026-11-27", "19:30")),
        (Span(unit="days", n=7), local("2026-11-27"), local("2026-12-04", "18:00")),
        (Span(unit="school_days", n=3, at_most_days=10), local("2026-11-27"), local("2026-12-02", "18:00")),
        (Span(unit="school_days", n=3, at_most_days=10), local("2026-09-30"), local("2026-10-07", "18:00")),
        (Span(unit="school_days", n=3, at_most_days=5), local("2027-01-22"), local("2027-01-27", "18:00")),
    ],
    ids=["hours", "same day", "late in the day", "days", "over a weekend", "over a holiday", "no later than the limit"],
)
def test_a_span_runs_out_when_its_rule_says(span, since, expected):
    assert deadline(span, since=since, calendar=CALENDAR) == expected


def test_red_is_seen_on_the_same_day_even_on_a_sunday_in_the_holidays():
    sunday = local("2027-02-07")
    assert not CALENDAR.is_school_day(sunday.date())
    for state in ("candidate", "interview_due"):
        assert due(PACK, state=state, level="red", since=sunday, calendar=CALENDAR) == local("2027-02-07", "18:00")


def test_a_day_that_is_made_up_counts_and_a_closed_one_does_not():
    calendar = SchoolCalendar(PACK.calendar, TERMS, ZONE, {date(2026, 11, 28): True, date(2026, 11, 27): False})
    assert calendar.is_school_day(date(2026, 11, 28))
    assert not calendar.is_school_day(date(2026, 11, 27))
    assert CALENDAR.is_school_day(date(2026, 11, 27)), "the control"


def test_without_any_term_in_the_calendar_nobody_waits_for_ever():
    bare = SchoolCalendar(PACK.calendar, (), ZONE)
    found = deadline(Span(unit="school_days", n=3, at_most_days=5), since=local("2026-11-27"), calendar=bare)
    assert found == local("2026-12-02", "18:00")


@pytest.mark.parametrize("state", OPEN_STATES)
@pytest.mark.parametrize("level", [one.code for one in PACK.levels])
def test_every_open_state_has_a_deadline_at_every_level_and_none_beyond_the_table(state, level):
    since = local("2026-11-27")
    found = due(PACK, state=state, level=level, since=since, calendar=CALENDAR)
    assert since < found
    assert found.date() <= (since + CASE.state(state).within).date()


@pytest.mark.parametrize("state", ["closed", "sealed"])
def test_what_has_ended_is_due_never(state):
    assert due(PACK, state=state, level="red", since=local("2026-11-27"), calendar=CALENDAR) is None


def test_a_graver_level_is_never_due_later():
    codes = [one.code for one in PACK.levels]
    for state in ("candidate", "interview_due", "interviewed", "panel", "care"):
        found = [due(PACK, state=state, level=one, since=local("2026-11-27"), calendar=CALENDAR) for one in codes]
        assert found == sorted(found), state


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    st.sampled_from([Span(unit="same_day"), Span(unit="hours", n=5), Span(unit="days", n=3)]),
    st.integers(1, 20),
)
def test_no_deadline_lies_before_its_beginning_and_school_days_keep_their_limit(moment, span, days):
    since = moment.replace(tzinfo=UTC)
    assert deadline(span, since=since, calendar=CALENDAR) > since
    limited = Span(unit="school_days", n=days, at_most_days=days + 5)
    assert deadline(limited, since=since, calendar=CALENDAR) <= since + timedelta(days=days + 6)


def test_the_follow_up_calendar_names_two_weeks_one_month_three_months_exams_and_holidays():
    found = follow_up_days(PACK, since=date(2026, 11, 27), terms=TERMS)
    assert found == sorted(found)
    assert [why for _, why in found] == ["after_14", "after_30", "before_exams", "after_90", "after_holidays"]
    assert (date(2027, 1, 8), "before_exams") in found
    assert (date(2027, 3, 1), "after_holidays") in found
