"""Shares are made of groups that are told as a whole."""

from qingyan.insight.rules.cells import Key
from qingyan.insight.rules.reading import among, complete, joined, parts, share_of, size, within
from qingyan.insight.rules.totals import Figure

GIRLS = {Key("a", "junior", "F", "reached"): Figure(20), Key("a", "junior", "F", "not_reached"): Figure(80)}
BOYS = {Key("a", "junior", "M", "reached"): Figure(None, True), Key("a", "junior", "M", "not_reached"): Figure(300)}


def test_a_group_with_something_hidden_is_in_no_share():
    cells = GIRLS | BOYS
    assert complete(cells) == GIRLS
    assert share_of(cells, "reached").value == 20.0
    assert share_of(BOYS, "reached") is None
    assert share_of({}, "reached") is None


def test_counts_say_what_is_there():
    cells = GIRLS | BOYS
    assert joined(cells, "reached") == Figure(20, True)
    assert size(within(cells, sex="F")) == Figure(100)
    assert size(within(cells, part="b")) == Figure(0)
    assert parts(cells) == ["a"]


def test_a_share_is_one_of_those_that_could_be_decided():
    cells = GIRLS | {Key("a", "junior", "F", "undecided"): Figure(None, True)}
    assert share_of(cells, "reached") is None
    assert share_of(among(cells, ("reached", "not_reached")), "reached").value == 20.0
