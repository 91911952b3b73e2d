"""By when a return is decided, on a calendar with weekends and holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qingyan.cases.queries import packs
from qingyan.cases.rules.deadlines import SchoolCalendar
from qingyan.cases.rules.leave import LONGEST_RETURN_SCHOOL_DAYS, is_another, state_due

GUIDE = packs.leave()
TERM = ((date(2026, 9, 1), date(2027, 1, 22)),)
CALENDAR = SchoolCalendar(rules=packs.current().calendar, terms=TERM, zone=ZoneInfo("Asia/Shanghai"))
MONDAY = datetime(2026, 11, 9, 2, tzinfo=UTC)


def due(state: str, at: datetime | None = MONDAY, now: datetime = MONDAY) -> datetime | None:
    return state_due(GUIDE, state, handed_in_at=at, now=now, calendar=CALENDAR)


def test_no_step_of_a_return_lies_beyond_ten_working_days():
    for span in (GUIDE.return_.check, GUIDE.return_.evaluate, GUIDE.return_.decide):
        assert span.unit == "school_days"
        assert span.n <= LONGEST_RETURN_SCHOOL_DAYS
    assert due("handed_in") < due("checked") < due("evaluated")
    assert due("evaluated").date() == date(2026, 11, 23), "ten working days after a Monday"


def test_a_slow_step_leaves_less_for_the_next():
    assert due("evaluated", now=MONDAY + timedelta(days=9)) == due("evaluated")


def test_an_appeal_counts_from_itself_and_other_states_from_the_table():
    later = MONDAY + timedelta(days=30)
    assert due("appealed", now=later) > later
    assert due("away") is None
    assert due("evaluated", at=None) is None


@pytest.mark.parametrize(
    ("first", "second", "other"), [("a", "b", True), ("a", "a", False), (None, "a", False), ("a", None, False)]
)
def test_an_appeal_needs_another_person(first, second, other):
    assert is_another(first, second) is other
