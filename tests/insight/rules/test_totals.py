"""Totals are made of what is told."""

from qingyan.insight.rules.cells import Key
from qingyan.insight.rules.totals import Figure, figures, margin, total


def test_a_total_is_the_sum_of_the_told_parts_and_says_when_some_are_missing():
    assert total([Figure(10), Figure(25)]) == Figure(35)
    assert total([Figure(10), Figure(None, True)]) == Figure(10, True)
    assert total([Figure(None, True)]) == Figure(None, True)
    assert total([]) == Figure(0)


def test_a_margin_joins_cells_by_any_coarser_name():
    girls, boys = Key("x", "junior", "F", "reached"), Key("x", "junior", "M", "reached")
    cells = figures({girls: 20, boys: None})
    assert margin(cells, lambda key: key._replace(sex="")) == {Key("x", "junior", "", "reached"): Figure(20, True)}
