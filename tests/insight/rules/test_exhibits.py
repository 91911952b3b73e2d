"""A figure is told in one way."""

from qingyan.insight.rules.exhibits import Exhibit, Line, Said, as_json, rows, said, said_number, said_share
from qingyan.insight.rules.shares import Share
from qingyan.insight.rules.totals import Figure


def test_a_count_says_when_something_is_missing_from_it():
    assert said(Figure(1240)) == Said("1,240", 1240.0)
    assert said(Figure(40, True)).text == "≥ 40"
    assert said(Figure(None, True)) == Said("—")


def test_a_share_carries_its_interval_where_chance_matters():
    found = Share(12.5, 9.0, 17.1, 300)
    assert said_share(found) == Said("12.5%（9.0–17.1）", 12.5, 9.0, 17.1)
    assert said_share(found, chance=False) == Said("12.5%", 12.5)
    assert said_share(None) == Said("—")
    assert said_number(None) == Said("—")
    assert said_number(2.04) == Said("2.0", 2.0)


def test_rows_and_json_say_the_same():
    line = Line("初中", (Said("40", 40.0), Said("—")))
    exhibit = Exhibit("x", "题", "", "组", ("甲", "乙"), (line,), (1,))
    assert rows(exhibit) == [["初中", "40", "—"]]
    assert [one["text"] for one in as_json(exhibit)["lines"][0]["figures"]] == ["40", "—"]
    assert not exhibit.has_figures
    assert exhibit.drawn_columns == ("乙",)
