"""Ten working days: weekends do not count."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.rules.working_days import add_working_days


def test_ten_working_days_from_a_thursday_are_two_weeks():
    assert add_working_days(date(2026, 11, 26), 10) == date(2026, 12, 10)


def test_no_day_is_the_day_itself_and_one_from_friday_is_monday():
    assert add_working_days(date(2026, 11, 27), 0) == date(2026, 11, 27)
    assert add_working_days(date(2026, 11, 27), 1) == date(2026, 11, 30)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 40))
def test_the_last_day_is_a_working_day_and_later_days_come_later(start, days):
    last = add_working_days(start, days)
    assert last.weekday() < 5
    assert add_working_days(start, days + 1) > last
