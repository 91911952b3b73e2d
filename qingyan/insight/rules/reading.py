"""Reading a told table: groups that are told as a whole, their sizes, and joining over bands or sexes. Pure."""

from collections.abc import Collection, Mapping

from qingyan.insight.rules.cells import Key, groups
from qingyan.insight.rules.shares import Share, share
from qingyan.insight.rules.totals import Figure, total

Cells = Mapping[Key, Figure]


def parts(cells: Cells) -> list[str]:
    """The parts of a table, in its order."""
    return list(dict.fromkeys(key.part for key in cells))


def complete(cells: Cells) -> dict[Key, Figure]:
    """The cells of those groups of which nothing is hidden; shares are made of these, above and below the line."""
    kept: dict[Key, Figure] = {}
    for group, categories in groups(cells).items():
        own = {group.cell(one): cells[group.cell(one)] for one in categories}
        if all(figure.value is not None and not figure.partial for figure in own.values()):
            kept |= own
    return kept


def within(cells: Cells, *, part: str | None = None, band: str | None = None, sex: str | None = None) -> Cells:
    """The cells of one part, band or sex; None is all of them."""
    wanted = {"part": part, "band": band, "sex": sex}
    named = {name: value for name, value in wanted.items() if value is not None}
    return {key: one for key, one in cells.items() if all(getattr(key, name) == value for name, value in named.items())}


def among(cells: Cells, categories: Collection[str]) -> Cells:
    """The cells of these categories: a share is one of those that could be decided."""
    return {key: figure for key, figure in cells.items() if key.category in categories}


def joined(cells: Cells, category: str) -> Figure:
    """One category of everything that is there."""
    return total(figure for key, figure in cells.items() if key.category == category)


def size(cells: Cells) -> Figure:
    """All categories together."""
    return total(cells.values())


def share_of(cells: Cells, category: str) -> Share | None:
    """The share of one category among the groups that are told as a whole."""
    told = complete(cells)
    return share(joined(told, category), size(told)) if told else None
