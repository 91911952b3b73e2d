"""From single pupils to cells."""

from uuid import UUID

import pytest

from qingyan.insight.rules.cells import Key, band_of, base_of
from qingyan.insight.rules.tally import alert_cells, clock_cells, coverage_cells, sheet_cells
from tests.insight.facts import NOW, Sheet

ANNE, BEN = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("grade", "band"),
    [
        (0, "kindergarten"),
        (1, "lower_primary"),
        (3, "lower_primary"),
        (4, "upper_primary"),
        (9, "junior"),
        (12, "senior"),
    ],
)
def test_the_band_of_a_grade(grade, band):
    assert band_of(grade) == band


def test_a_scale_belongs_to_its_instrument():
    assert (base_of("scl-90:dep"), base_of("scl-90")) == ("scl-90", "scl-90")


def test_every_topic_of_a_round_counts_the_same_sheets():
    sheets = [
        Sheet(ANNE, reached=True, bands={"dep": "above"}, doubtful=None),
        Sheet(BEN, reached=None, bands={}, doubtful=True),
    ]
    cubes = sheet_cells(sheets, {ANNE: "F"}, {"scl-90": {"dep": ("below", "above")}})
    assert {topic: sum(cells.values()) for topic, cells in cubes.items()} == {"validity": 2, "levels": 2, "factors": 2}
    assert cubes["levels"][Key("scl-90", "junior", "F", "reached")] == 1
    assert cubes["levels"][Key("scl-90", "junior", "U", "undecided")] == 1
    assert cubes["factors"][Key("scl-90:dep", "junior", "U", "unscored")] == 1
    assert cubes["factors"][Key("scl-90:dep", "junior", "F", "below")] == 0
    assert cubes["validity"][Key("scl-90", "junior", "F", "unjudged")] == 1


def test_a_pupil_with_several_alerts_is_counted_once_by_the_most_urgent():
    cells = alert_cells([(ANNE, 8, "F"), (BEN, 8, "M")], [(ANNE, "yellow"), (ANNE, "red")])["alerts"]
    assert cells[Key("", "junior", "F", "red")] == 1
    assert cells[Key("", "junior", "M", "none")] == 1
    assert sum(cells.values()) == 2


def test_what_is_not_due_yet_counts_nowhere():
    later = NOW.replace(year=2027)
    cells = clock_cells(
        [("plan", NOW, NOW), ("plan", NOW, later), ("plan", NOW, None), ("plan", later, None), ("plan", later, NOW)],
        now=NOW.replace(month=12),
    )["timeliness"]
    assert {key.category: count for key, count in cells.items()} == {"on_time": 2, "late": 1, "waiting": 1}


def test_coverage_is_told_by_band():
    cells = coverage_cells([(7, 40, 38), (8, 41, 41), (11, 30, 0)])["coverage"]
    assert cells[Key("", "junior", "", "invited")] == 81
    assert cells[Key("", "junior", "", "finished")] == 79
    assert cells[Key("", "senior", "", "finished")] == 0
