"""What is told of the scales of an instrument: coefficients over many sheets of several schools, rounded counts. Pure.

Told of a district or the city only: 100 complete sheets or more, of two schools or more; coefficients to two decimals.
How many left an item or chose its ends is told like every count (safe.py): 1 to 7 hidden, on both sides, the rest
rounded to 5. No mean of an item is told, for mean times number is a sum, and a sum of few is a pupil.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qingyan.insight.rules.reliability import Moments, NotAnalysable, ScaleAnalysis, analyse
from qingyan.insight.rules.safe import DISCLOSURE

FEWEST_SHEETS, FEWEST_SCHOOLS, FEWEST_ITEMS = 100, 2, 3
FEWEST_AT_SCHOOL = 8  # sums over fewer sheets are no sums; such a school is left out
KEPT_WITHIN = 10  # told sheets: a scale is told anew when more came or went
DIGITS = 2
MISSING = -1
Z = 1.959964


@dataclass(frozen=True)
class Sums:
    """Of one instrument: complete sheets as moments; over all, by item, how many left it or chose its ends."""

    sheets: int
    moments: Moments
    missing: NDArray[np.int64]
    lowest: NDArray[np.int64]
    highest: NDArray[np.int64]

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.sheets + other.sheets,
            self.moments + other.moments,
            self.missing + other.missing,
            self.lowest + other.lowest,
            self.highest + other.highest,
        )


@dataclass(frozen=True)
class Scale:
    """A scale as far as its analysis needs it: places of its items in the sheet."""

    id: str
    items: tuple[int, ...]


@dataclass(frozen=True)
class ToldScale:
    """`sheets` is rounded; `told` holds alpha, low, high, standardised, omega, together, and the items."""

    scale: str
    sheets: int
    told: dict[str, Any] = field(default_factory=dict)


def sums_of(
    answers: NDArray[np.int8], turned: Iterable[tuple[int, int]], ends: Sequence[tuple[int, int]]
) -> Sums | None:
    """Of sheets x items with -1 for what was left; `turned`: (item, lowest + highest) of reversed items; `ends`: lowest
    and highest score of each item. None for too few sheets."""
    if len(answers) < FEWEST_AT_SCHOOL:
        return None
    scored = answers.astype(np.float64)
    for item, both in turned:
        scored[:, item] = np.where(answers[:, item] == MISSING, MISSING, both - scored[:, item])
    there = answers != MISSING
    low, high = np.array([one[0] for one in ends]), np.array([one[1] for one in ends])
    return Sums(
        sheets=len(answers),
        moments=Moments.of(scored[there.all(axis=1)]),
        missing=(~there).sum(axis=0),
        lowest=(there & (scored == low)).sum(axis=0),
        highest=(there & (scored == high)).sum(axis=0),
    )


def told_scales(schools: Sequence[Sums], scales: Iterable[Scale]) -> list[ToldScale]:
    """What may be told of these schools together; a scale of which nothing may is left out."""
    whole = sum(schools[1:], schools[0]) if len(schools) >= FEWEST_SCHOOLS else None
    if whole is None or whole.moments.n < FEWEST_SHEETS:
        return []
    found = []
    for scale in scales:
        done = _analysed(whole.moments, scale) if len(scale.items) >= FEWEST_ITEMS else None
        if done is not None:
            sheets = DISCLOSURE.rounded(whole.sheets)
            found.append(ToldScale(scale.id, sheets, _told(whole, scale, done)))
    return found


def above(whole: ToldScale, parts: Sequence[ToldScale | None]) -> ToldScale:
    """The city's scale with counts that are sums of what its districts tell; a hidden part hides the sum."""
    items = []
    for place, item in enumerate(whole.told["items"]):
        below = [None if part is None else part.told["items"][place] for part in parts]
        items.append(item | {name: _sum(below, name) for name in ("missing", "lowest", "highest")})
    told_parts = [part.sheets for part in parts if part is not None]
    sheets = sum(told_parts) if len(told_parts) == len(parts) else whole.sheets
    return ToldScale(whole.scale, sheets, whole.told | {"items": items})


def stays(before: int, now: int) -> bool:
    """Whether what was told of so many sheets stays, though there are so many now (both rounded)."""
    return abs(before - now) <= KEPT_WITHIN


def _sum(below: Sequence[dict[str, Any] | None], name: str) -> int | None:
    known = [None if one is None else one[name] for one in below]
    return None if None in known else sum(one for one in known if one is not None)


def _analysed(moments: Moments, scale: Scale) -> ScaleAnalysis | None:
    which = list(scale.items)
    part = Moments(moments.n, moments.sums[which], moments.products[np.ix_(which, which)])
    try:
        return analyse(part)
    except (NotAnalysable, np.linalg.LinAlgError):
        return None


def _told(whole: Sums, scale: Scale, done: ScaleAnalysis) -> dict[str, Any]:
    own = done.coherence
    return {
        "alpha": _two(own.alpha),
        "low": _two(own.alpha - Z * own.standard_error),
        "high": _two(own.alpha + Z * own.standard_error),
        "standardised": _two(own.standardised),
        "omega": _two(done.omega),
        "together": _two(own.mean_correlation),
        "items": [
            {
                "position": place + 1,
                "rest": _two(item.rest),
                "without": _two(item.without.alpha) if item.without else None,
                "missing": _count(int(whole.missing[place]), whole.sheets),
                "lowest": _count(int(whole.lowest[place]), whole.sheets),
                "highest": _count(int(whole.highest[place]), whole.sheets),
            }
            for place, item in zip(scale.items, done.items, strict=True)
        ],
    }


def _count(count: int, of: int) -> int | None:
    """Rounded; None where it, or what is left of the sheets, is from 1 to 7, and where everybody is alike."""
    if DISCLOSURE.is_small(count) or DISCLOSURE.is_small(of - count) or count == of:
        return None
    return DISCLOSURE.rounded(count)


def _two(value: float) -> float | None:
    return round(value, DIGITS) if isfinite(value) else None
