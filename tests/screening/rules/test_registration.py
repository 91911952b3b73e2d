"""What a registration covers, and when it is counted in the calendar."""

from dataclasses import replace
from datetime import date

import pytest

from qingyan.screening.rules.burden import Booked
from qingyan.screening.rules.registration import Registered, Wanted, not_carried_out, uncovered

REGISTERED = Registered(1, "gad-7", "1.0", range(7, 10), date(2026, 10, 1), date(2026, 10, 31))
WANTED = Wanted(1, "gad-7", "1.0", range(7, 9), date(2026, 10, 5), date(2026, 10, 31))
LINE = Booked("已登记", "gad-7", 7, range(7, 10), date(2026, 10, 1), date(2026, 10, 31), 1, registered=True)


def test_the_same_version_within_grades_and_days_is_covered():
    assert uncovered([WANTED], [REGISTERED]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"school": 2},
        {"version": "1.1"},
        {"instrument": "phq-a"},
        {"grades": range(7, 11)},
        {"opens": date(2026, 9, 30)},
        {"closes": date(2026, 11, 1)},
    ],
)
def test_anything_beyond_it_is_not(change):
    wanted = replace(WANTED, **change)
    assert uncovered([wanted], [REGISTERED]) == [wanted]


def test_two_halves_do_not_make_a_whole():
    halves = [replace(REGISTERED, grades=range(7, 8)), replace(REGISTERED, grades=range(8, 10))]
    assert uncovered([WANTED], halves) == [WANTED]


def test_a_test_is_counted_once_as_its_round_once_there_is_one():
    carried = replace(LINE, title="活动", grades=range(7, 9), opens=date(2026, 10, 5), registered=False)
    assert not_carried_out([LINE], [carried]) == []
    assert not_carried_out([LINE], [replace(carried, school=None)]) == [LINE]
    assert not_carried_out([LINE], [replace(carried, closes=date(2026, 11, 20))]) == [LINE]
