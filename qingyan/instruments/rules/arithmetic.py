"""Exact arithmetic shared by every way of scoring: rounding, reversing, ranges, bands, comparison.

Scores are computed as fractions of whole numbers and rounded once, half up (towards +infinity), to the
digits the scale declares. Bands, cut-offs and screens judge the rounded value, the one a reader sees.
"""

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor
from typing import Final

from qingyan.instruments.rules.schema import Instrument, Item, Scale

Number = int | float

COMPARE: Final[Mapping[str, Callable[[Number, Number], bool]]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
}


def rounded(value: Fraction, digits: int) -> Number:
    """`value` rounded half up: a whole number for 0 digits, else the float that prints as the decimal."""
    unit = 10**digits
    units: int = floor(value * unit + Fraction(1, 2))
    return units if digits == 0 else units / unit


def exact(value: Number) -> Fraction:
    """The decimal number as written: 1.61 is 161/100, not the nearest binary fraction."""
    return Fraction(str(value))


def turned(instrument: Instrument, item: Item) -> int | None:
    """The sum of lowest and highest option of a reversed item (turned - answer = score); None when not reversed."""
    if not item.reverse:
        return None
    lowest, highest = option_range(instrument, item)
    return lowest + highest


def option_range(instrument: Instrument, item: Item) -> tuple[int, int]:
    """Lowest and highest coded answer of the item."""
    values = [option.value for option in instrument.options_of(item)]
    return min(values), max(values)


def possible_range(instrument: Instrument, scale: Scale) -> tuple[Number, Number] | None:
    """Lowest and highest value a scale can take with every item answered; None when it has no fixed range."""
    if scale.method == "t_score":
        return None
    items = {item.id: item for item in instrument.items}
    ranges = [option_range(instrument, items[item_id]) for item_id in scale.items]
    lows = [low for low, _ in ranges]
    highs = [high for _, high in ranges]
    low, high = _raw_range(scale, lows, highs)
    return rounded(low * scale.multiplier, scale.digits), rounded(high * scale.multiplier, scale.digits)


def _raw_range(scale: Scale, lows: list[int], highs: list[int]) -> tuple[Fraction, Fraction]:
    count = len(lows)
    if scale.method == "sum":
        return Fraction(sum(lows)), Fraction(sum(highs))
    if scale.method == "mean":
        return Fraction(sum(lows), count), Fraction(sum(highs), count)
    if scale.method == "max":
        return Fraction(max(lows)), Fraction(max(highs))
    if scale.method == "psdi":
        return Fraction(scale.at_least or 0), Fraction(max(highs))
    if scale.method == "weighted":
        ends = [
            sorted((weight * low, weight * high)) for weight, low, high in zip(scale.weights, lows, highs, strict=True)
        ]
        return Fraction(sum(end[0] for end in ends)), Fraction(sum(end[1] for end in ends))
    return Fraction(0), Fraction(count)


def band_level(scale: Scale, value: Number) -> str | None:
    """Level of the band that holds a rounded value; None when the scale has no bands.

    A sheet with items left out by age may fall below the lowest band of a sum; it is given the lowest.
    """
    for band in scale.bands:
        if value <= band.highest:
            return band.level
    return None
