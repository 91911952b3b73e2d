"""Totals of told figures: made of rounded parts only, so that no total gives a hidden part away. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qingyan.insight.rules.cells import Key, Shown


@dataclass(frozen=True)
class Figure:
    """A told figure. `value` None: nothing may be told. `partial`: something hidden is missing from it."""

    value: int | None
    partial: bool = False


NOTHING = Figure(None, True)
ZERO = Figure(0)


def total(parts: Iterable[Figure]) -> Figure:
    """The sum of what is told; nothing when no part is."""
    known = list(parts)
    told = [one.value for one in known if one.value is not None]
    if known and not told:
        return NOTHING
    return Figure(sum(told), any(one.partial or one.value is None for one in known))


def figures(shown: Shown) -> dict[Key, Figure]:
    """Cells of a school or a district as figures."""
    return {key: Figure(value, value is None) for key, value in shown.items()}


def margin(cells: Mapping[Key, Figure], of: Callable[[Key], Key]) -> dict[Key, Figure]:
    """Cells joined into coarser ones; `of` names the coarser cell of each."""
    joined: dict[Key, list[Figure]] = {}
    for key, figure in cells.items():
        joined.setdefault(of(key), []).append(figure)
    return {key: total(parts) for key, parts in joined.items()}
