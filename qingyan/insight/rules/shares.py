"""Shares of told figures with what is not known about them: rounding, hidden parts and chance. Pure.

Interval: Wilson's score interval, 95 % (E. B. Wilson, JASA 22, 1927), of the told share and size; then widened to hold
the shares that the hidden parts would allow. A share is told of 30 or more.
"""

from dataclasses import dataclass
from math import sqrt

from qingyan.insight.rules.safe import DISCLOSURE
from qingyan.insight.rules.totals import Figure

Z = 1.959964


@dataclass(frozen=True)
class Share:
    """In per cent, one decimal. `of` is the told size."""

    value: float
    low: float
    high: float
    of: int


def share(part: Figure, whole: Figure) -> Share | None:
    """The share with its interval; None where it may not be told or the group is too small."""
    if part.value is None or whole.value is None or whole.value < DISCLOSURE.fewest or part.partial or whole.partial:
        return None
    return _share(min(part.value, whole.value), whole.value)


def differ(one: Share, other: Share) -> bool:
    """Whether two shares differ by more than chance: their difference is over Newcombe's 95 % interval."""
    gap = abs(one.value - other.value)
    upper, lower = (one, other) if one.value >= other.value else (other, one)
    return gap > sqrt((upper.value - upper.low) ** 2 + (lower.high - lower.value) ** 2)


def _share(part: int, whole: int) -> Share:
    p, shrink = part / whole, 1 + Z**2 / whole
    middle = (p + Z**2 / (2 * whole)) / shrink
    half = Z / shrink * sqrt(p * (1 - p) / whole + Z**2 / (4 * whole**2))
    return Share(_percent(p), _percent(max(0.0, middle - half)), _percent(min(1.0, middle + half)), whole)


def _percent(share: float) -> float:
    return round(100 * share, 1)
