"""A city's own norms: their shape, and what a reader computes from them (T scores). Counting is screening's. Pure.

A T score is linear: 50 + 10 (value - mean) / SD of the pupils of the same sex and grade or age. It says where a value
stands among them, and nothing about illness.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from qingyan.instruments.rules.arithmetic import Number, exact, possible_range, rounded
from qingyan.instruments.rules.schema import Instrument, Scale

GroupBy = Literal["grade", "age"]
MARKS: Final = (30, 40, 50, 60, 70, 80)  # the T scores that a page shows


@dataclass(frozen=True)
class NormCell:
    """One scale in one group. `n` is rounded to five; `percentiles` are those that the group's size allows."""

    group: int
    sex: str
    scale: str
    n: int
    mean: float
    sd: float
    percentiles: Mapping[str, float]


@dataclass(frozen=True)
class NewNorm:
    """What a computation hands over to be kept. Groups in `too_small` have fewer than 30 sheets: no figure at all."""

    city_id: int
    campaign: object
    campaign_title: str
    instrument: str
    version: str
    digest: str
    group_by: GroupBy
    rule_version: str
    sheets: int | None
    left_out: Mapping[str, int | None]
    too_small: tuple[tuple[int, str], ...]
    cells: tuple[NormCell, ...]


def t_score(value: Number, mean: float, sd: float) -> Number | None:
    """The T score, half up to a whole number; None where nobody differs."""
    if not sd:
        return None
    return rounded(50 + 10 * (exact(value) - exact(mean)) / exact(sd), 0)


def value_at(mark: int, mean: float, sd: float, digits: int) -> Number:
    """The value of the scale that has this T score, to two digits at most and to one more than the scale has."""
    return rounded(exact(mean) + Fraction(mark - 50, 10) * exact(sd), min(2, digits + 1))


def possible_values(instrument: Instrument, scale: Scale) -> list[Number]:
    """Every value that the scale can take with all items answered, upwards; empty where it has no fixed range."""
    ends = possible_range(instrument, scale)
    if ends is None or scale.method == "psdi":
        return []
    low, high = (exact(end) for end in ends)
    step = Fraction(scale.multiplier, len(scale.items) if scale.method == "mean" else 1)
    count = int((high - low) / step)
    return list(dict.fromkeys(rounded(low + step * place, scale.digits) for place in range(count + 1)))
