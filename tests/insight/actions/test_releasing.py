"""The digest says whether two tables tell the same."""

from qingyan.insight.actions.releasing import digest_of
from qingyan.insight.rules.cells import Key
from qingyan.insight.rules.totals import Figure

ONE, TWO = Key("a", "junior", "F", "x"), Key("a", "junior", "M", "x")


def test_the_order_of_cells_does_not_matter_and_every_figure_does():
    cells = {ONE: Figure(10), TWO: Figure(None, True)}
    assert digest_of(cells) == digest_of(dict(reversed(cells.items())))
    assert digest_of(cells) != digest_of({**cells, ONE: Figure(15)})
    assert digest_of(cells) != digest_of({**cells, ONE: Figure(10, True)})
