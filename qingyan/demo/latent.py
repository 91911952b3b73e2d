"""The documented generator of the demo's answers: who is how distressed, and what that person ticks. Pure numpy.

Model: latent answer = general·G + group·S(scale) + noise, cut by ordered thresholds (a graded response model).
G belongs to the pupil and is shared by all instruments, so results agree over instruments and campaigns.
A stated share answers carelessly (CARELESS_SHARES). Nothing here was taken from a real person.
Calibrated on published aggregates only (SHAPES); tests/demo/test_latent.py holds the ranges. Neighbour: answering.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.int16]
Vector = NDArray[np.float64]

GOLDEN = 0.6180339887498949
ITEM_SPREAD = 0.9  # items of one instrument differ in difficulty by up to this much, on the latent scale
GIRLS_SHIFT = 0.12  # published surveys find girls somewhat more burdened; boys get the same amount less
STABILITY = 0.85  # correlation of a pupil's general distress between two rounds some weeks apart


class Pattern(IntEnum):
    """How a pupil answers: with care, or in one of the careless ways that quality checks should find."""

    CAREFUL = 0
    STRAIGHT_LOWEST = 1
    STRAIGHT_OTHER = 2
    RANDOM = 3
    RANDOM_SECOND_HALF = 4
    ZIGZAG = 5


# Anchors: all-lowest 5.1 % and all-identical 5.3 % of 14,371 Chinese first-year students (SCL-90, published table);
# careful pupils without complaints add some all-lowest sheets of their own, so the careless share is set lower.
CARELESS_SHARES: dict[Pattern, float] = {
    Pattern.STRAIGHT_LOWEST: 0.036,
    Pattern.STRAIGHT_OTHER: 0.008,
    Pattern.RANDOM: 0.014,
    Pattern.RANDOM_SECOND_HALF: 0.014,
    Pattern.ZIGZAG: 0.004,
}
STRAIGHT_NOISE = 0.02  # share of slips of the finger in a straight line other than the lowest


@dataclass(frozen=True)
class Shape:
    """How one instrument behaves in this population. `thresholds`: one fewer than the answers, ascending.

    `general` and `group` are loadings; `rare` makes single items harder (by item id); `seconds` is the median per item.
    """

    thresholds: tuple[float, ...]
    general: float
    group: float
    seconds: float
    rare: Mapping[str, float] = field(default_factory=dict)


# SCL-90: total 132 ± 42, 20 % above 160, 7.5 % at 200 or more (14,371 students, published table).
# CES-DC, PHQ-A and GAD-7: means and shares usual in Chinese school surveys; no single source, so the ranges are wide.
SHAPES: dict[str, Shape] = {
    "scl-90": Shape((0.53, 1.29, 1.9, 2.6), 0.575, 0.345, 2.9, rare={"15": 1.0, "59": 0.45, "63": 0.35, "67": 0.2}),
    "ces-dc": Shape((0.10, 1.00, 1.75), 0.60, 0.25, 4.2),
    "phq-a": Shape((0.20, 1.15, 1.75), 0.66, 0.20, 4.6, rare={"9": 1.25, "10": 1.0, "11": 0.3, "12": 2.45, "13": 2.5}),
    "gad-7": Shape((0.40, 1.30, 1.85), 0.70, 0.20, 4.4),
    "dass-21": Shape((0.30, 1.15, 1.75), 0.64, 0.30, 3.9),
    "dass-42": Shape((0.30, 1.15, 1.75), 0.64, 0.30, 3.4),
}


@dataclass(frozen=True)
class Sheet:
    """What the generator needs of an instrument, item by item: id, scale, number of options; and which are reversed."""

    items: tuple[str, ...]
    scale_of_item: tuple[int, ...]
    options_of_item: tuple[int, ...]
    reversed_items: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answers:
    """Rows are pupils, columns items: `choices` are 0-based positions among the options, `millis` times per item."""

    choices: Matrix
    millis: NDArray[np.int32]


def distress(*, girls: Sequence[bool], rng: np.random.Generator) -> Vector:
    """General distress G per pupil: standard normal, girls a little higher."""
    shift = np.where(np.asarray(girls, dtype=bool), GIRLS_SHIFT, -GIRLS_SHIFT)
    general: Vector = rng.standard_normal(len(girls)) * np.sqrt(1 - GIRLS_SHIFT**2) + shift
    return general


def later(general: Vector, rng: np.random.Generator) -> Vector:
    """The same pupils' general distress in another round, correlated by STABILITY."""
    change = rng.standard_normal(len(general))
    moved: Vector = STABILITY * general + np.sqrt(1 - STABILITY**2) * change
    return moved


def patterns(count: int, rng: np.random.Generator) -> NDArray[np.int8]:
    """Who answers how: each Pattern with its share, the rest with care."""
    kinds = [int(kind) for kind in CARELESS_SHARES]
    shares = list(CARELESS_SHARES.values())
    return rng.choice([0, *kinds], size=count, p=[1 - sum(shares), *shares]).astype(np.int8)


def answer(*, shape: Shape, sheet: Sheet, general: Vector, ways: NDArray[np.int8], rng: np.random.Generator) -> Answers:
    """Answers and times of these pupils to one instrument. `general` and `ways` have one value per pupil."""
    choices = _graded(shape, sheet, general, rng)
    _spoil(choices, ways, np.array(sheet.options_of_item), rng)
    return Answers(choices=choices, millis=_times(shape, choices, ways, rng))


def difficulty(sheet: Sheet, shape: Shape) -> Vector:
    """Shift of every item's thresholds: spread evenly without a pattern by the golden ratio, plus `rare`."""
    spread = ITEM_SPREAD * (((np.arange(len(sheet.items)) + 1) * GOLDEN) % 1 - 0.5)
    shifted: Vector = spread + np.array([_rarity(shape, item) for item in sheet.items])
    return shifted


def _rarity(shape: Shape, item: str) -> float:
    digits = "".join(char for char in item if char.isdigit())
    return shape.rare.get(digits.lstrip("0"), 0.0)


def _graded(shape: Shape, sheet: Sheet, general: Vector, rng: np.random.Generator) -> Matrix:
    count, width = len(general), len(sheet.items)
    group = rng.standard_normal((count, max(sheet.scale_of_item) + 1))[:, list(sheet.scale_of_item)]
    noise = np.sqrt(1 - shape.general**2 - shape.group**2) * rng.standard_normal((count, width))
    latent = shape.general * general[:, None] + shape.group * group + noise - difficulty(sheet, shape)
    choices = np.zeros((count, width), dtype=np.int16)
    for threshold in shape.thresholds:
        choices += latent > threshold
    np.minimum(choices, np.array(sheet.options_of_item) - 1, out=choices, casting="unsafe")
    turned = [index for index, item in enumerate(sheet.items) if item in sheet.reversed_items]
    choices[:, turned] = len(shape.thresholds) - choices[:, turned]
    return choices


def _spoil(choices: Matrix, ways: NDArray[np.int8], options: NDArray[np.int64], rng: np.random.Generator) -> None:
    """Overwrite the rows of careless pupils; all of it in place. `options`: how many each item has."""
    count, width = choices.shape
    half, anything = width // 2, rng.integers(0, options, (count, width))
    choices[ways == Pattern.STRAIGHT_LOWEST] = 0
    choices[ways == Pattern.RANDOM] = anything[ways == Pattern.RANDOM]
    second = ways == Pattern.RANDOM_SECOND_HALF
    choices[second, half:] = anything[second, half:]
    column = rng.integers(1, options.max(), (count, 1))
    slipped = rng.random((count, width)) < STRAIGHT_NOISE
    straight = ways == Pattern.STRAIGHT_OTHER
    choices[straight] = np.where(slipped, anything, np.minimum(column, options - 1))[straight]
    choices[ways == Pattern.ZIGZAG] = np.where(np.arange(width) % 2 == 0, 0, options - 1)


def _times(shape: Shape, choices: Matrix, ways: NDArray[np.int8], rng: np.random.Generator) -> NDArray[np.int32]:
    """Milliseconds per item: log-normal around the pupil's own pace, a slow first item, faster towards the end."""
    count, width = choices.shape
    pace = np.where(ways == Pattern.CAREFUL, rng.normal(0.0, 0.25, count), rng.normal(-1.45, 0.2, count))
    second = ways == Pattern.RANDOM_SECOND_HALF
    drift = np.linspace(0.12, -0.12, width)[None, :] + pace[:, None]
    drift[second, : width // 2] += 1.45
    drift[:, 0] += 0.7
    seconds = shape.seconds * np.exp(drift + rng.normal(0.0, 0.38, (count, width)))
    return np.clip(seconds * 1000, 180, 120_000).astype(np.int32)
