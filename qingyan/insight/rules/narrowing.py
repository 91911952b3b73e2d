"""How far an outsider could narrow hidden counts down by sums alone: bounds pushed along every known sum. Pure.

Used before anything is released (what becomes too narrow gets a companion hidden); the test attacks with a solver.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

Bounds = tuple[int, int]
Known = dict[Hashable, Bounds]
PLENTY = 10**9
MOST_PASSES = 60


class Sum(NamedTuple):
    """That the parts add up to the whole; all are variables."""

    parts: tuple[Hashable, ...]
    whole: Hashable


def narrowed(bounds: Mapping[Hashable, Bounds], sums: Sequence[Sum]) -> Known:
    """Bounds after every sum has been used until nothing moves. A contradiction tells nothing and is left alone."""
    found = dict(bounds)
    for _pass in range(MOST_PASSES):
        moved = [_push(found, one) for one in sums]
        if not any(moved):
            break
    return found


def _push(found: Known, one: Sum) -> bool:
    """Use one sum in both directions; whether anything became narrower."""
    low, high = sum(found[part][0] for part in one.parts), sum(found[part][1] for part in one.parts)
    moved = _tighten(found, one.whole, low, high)
    floor, ceiling = found[one.whole]
    for part in one.parts:
        own_low, own_high = found[part]
        moved |= _tighten(found, part, floor - (high - own_high), ceiling - (low - own_low))
    return moved


def _tighten(found: Known, variable: Hashable, low: int, high: int) -> bool:
    old_low, old_high = found[variable]
    new = max(old_low, low), min(old_high, high)
    if new == (old_low, old_high) or new[0] > new[1]:
        return False
    found[variable] = new
    return True
