"""Months, when their report is due, and what a zero report is."""

from datetime import date

import pytest

from qingyan.papers.rules.months import DUE, EARLY, HANDED, OVERDUE, Month, is_zero, may_chase, month_named, standing

NOVEMBER, DECEMBER = Month(date(2026, 11, 1)), Month(date(2026, 12, 1))


def test_a_month_ends_where_the_next_begins_also_at_new_year():
    assert (NOVEMBER.after, DECEMBER.after) == (date(2026, 12, 1), date(2027, 1, 1))
    assert DECEMBER.before == NOVEMBER
    assert DECEMBER.due_on == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("day", "expected", "chase"), [(1, EARLY, False), (4, EARLY, False), (5, DUE, True), (6, OVERDUE, True)]
)
def test_a_school_is_reminded_from_the_fifth(day, expected, chase):
    today = date(2026, 12, day)
    assert standing(NOVEMBER, handed=False, today=today) == expected
    assert may_chase(NOVEMBER, handed=False, today=today) is chase
    assert standing(NOVEMBER, handed=True, today=today) == HANDED
    assert not may_chase(NOVEMBER, handed=True, today=today)


@pytest.mark.parametrize("code", ["", "x", "2026-12", "2027-01", "2026-13", "1999-01"])
def test_an_address_that_names_no_ended_month_gives_the_last_one(code):
    assert month_named(code, today=date(2026, 12, 3)) == NOVEMBER


def test_an_ended_month_can_be_named():
    assert month_named("2026-10", today=date(2026, 12, 3)) == NOVEMBER.before


def test_only_where_there_is_nothing_at_all_it_is_a_zero_report():
    nothing = {"levels": [{"opened": 0, "in_care": 0, "closed": 0}], "referred": 0, "on_leave": 0, "incidents": 0}
    assert is_zero(nothing)
    assert not is_zero({**nothing, "incidents": 1})
    assert not is_zero({**nothing, "levels": [{"opened": 0, "in_care": 1, "closed": 0}]})
