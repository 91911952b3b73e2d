"""From counted values to norms: mean, SD, percentiles for each scale of pupils of one sex and grade (or age). Pure.

Only groups that do not overlap, and no sums over them: a figure of all minus a figure of some would show the rest.
A group under 30 has no figure at all. A percentile is given where more than seven sheets lie beyond it. Counts are
rounded to five. Mean and SD are computed from exact fractions; percentiles by linear interpolation (Hyndman type 7).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Final

from qingyan.instruments.contracts import NormCell, Number
from qingyan.screening.rules.disclosure import SMALLEST, rounded

RULE_VERSION: Final = "local-norm-1"
SMALLEST_GROUP: Final = 30
PERCENTILES: Final = (1, 5, 10, 25, 50, 75, 90, 95, 99)
DIGITS: Final = 3
Group = tuple[int, str]


@dataclass(frozen=True)
class Counted:
    """One sheet that counts: its group and its values by scale; a scale without a value is absent."""

    group: Group
    values: Mapping[str, Number]


@dataclass(frozen=True)
class Computed:
    """Every cell that is large enough, and the groups that are not."""

    cells: tuple[NormCell, ...]
    too_small: tuple[Group, ...]


def norms(sheets: Iterable[Counted]) -> Computed:
    """All cells, by scale, group and sex."""
    sizes: Counter[Group] = Counter()
    spread: dict[tuple[str, Group], Counter[Fraction]] = defaultdict(Counter)
    for sheet in sheets:
        sizes[sheet.group] += 1
        for scale, value in sheet.values.items():
            spread[scale, sheet.group][Fraction(str(value))] += 1
    cells = [
        _cell(scale, group, counts) for (scale, group), counts in sorted(spread.items()) if _enough(counts.total())
    ]
    return Computed(tuple(cells), tuple(sorted(group for group, size in sizes.items() if not _enough(size))))


def _enough(size: int) -> bool:
    return size >= SMALLEST_GROUP


def _cell(scale: str, group: Group, counts: Counter[Fraction]) -> NormCell:
    n = counts.total()
    total = sum(value * times for value, times in counts.items())
    squares = sum(value * value * times for value, times in counts.items())
    variance = (squares - total * total / n) / (n - 1)
    return NormCell(
        group=group[0],
        sex=group[1],
        scale=scale,
        n=max(SMALLEST_GROUP, rounded(n) or 0),
        mean=round(float(total / n), DIGITS),
        sd=round(sqrt(variance), DIGITS),
        percentiles={str(one): round(float(_percentile(counts, n, one)), DIGITS) for one in _allowed(n)},
    )


def _allowed(n: int) -> list[int]:
    return [one for one in PERCENTILES if n * min(one, 100 - one) >= 100 * SMALLEST]


def _percentile(counts: Counter[Fraction], n: int, percent: int) -> Fraction:
    place = Fraction((n - 1) * percent, 100)
    below = int(place)
    low = _at(counts, below)
    return low + (place - below) * (_at(counts, min(below + 1, n - 1)) - low)


def _at(counts: Counter[Fraction], place: int) -> Fraction:
    """The value at this place (from 0) of the sorted values."""
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if place < seen:
            return value
    raise IndexError(place)
