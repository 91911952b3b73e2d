"""Careless sheets made on purpose, from which the detector learns what to look for in this instrument and school. Pure.

Each kind is a way in which pupils are known to get through a long page: guessing, giving up half way, one answer down
the whole page (with slips), and to and fro between two answers.
"""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from qingyan.screening.rules.careless.layout import Answers

Generator = np.random.Generator
SLIPS = 0.15  # at most; three in ten straight lines have none


class Pattern(IntEnum):
    """The ways; 0 is kept for a sheet answered with care."""

    CAREFUL = 0
    GUESSING = 1
    GUESSING_LATER = 2
    LINE = 3
    TO_AND_FRO = 4


def made(careful: Answers, each: int, choices: int, rng: Generator) -> tuple[Answers, npt.NDArray[np.intp]]:
    """`each` sheets of every pattern, and which pattern each is. `careful` sheets are drawn from for first halves."""
    items = careful.shape[1]
    makers = {
        Pattern.GUESSING: lambda: rng.integers(0, choices, (each, items)),
        Pattern.GUESSING_LATER: lambda: _later(careful, each, choices, rng),
        Pattern.LINE: lambda: _line(each, items, choices, rng),
        Pattern.TO_AND_FRO: lambda: _to_and_fro(each, items, choices, rng),
    }
    sheets = np.concatenate([maker() for maker in makers.values()]).astype(np.int16)
    return sheets, np.repeat([int(pattern) for pattern in makers], each)


def _later(careful: Answers, each: int, choices: int, rng: Generator) -> Answers:
    items = careful.shape[1]
    sheets = careful[rng.integers(0, len(careful), each)].copy()
    cut = rng.integers(int(0.3 * items), int(0.7 * items) + 1, (each, 1))
    after = np.arange(items)[None, :] >= cut
    sheets[after] = rng.integers(0, choices, int(after.sum()))
    return sheets


def _line(each: int, items: int, choices: int, rng: Generator) -> Answers:
    sheets = np.repeat(rng.integers(0, choices, (each, 1)), items, axis=1).astype(np.int16)
    slips = rng.random((each, 1)) * SLIPS * (rng.random((each, 1)) < 0.7)
    slipped = rng.random((each, items)) < slips
    sheets[slipped] = rng.integers(0, choices, int(slipped.sum()))
    return sheets


def _to_and_fro(each: int, items: int, choices: int, rng: Generator) -> Answers:
    first = rng.integers(0, choices, (each, 1))
    second = (first + rng.integers(1, choices, (each, 1))) % choices
    sheets = np.where(np.arange(items)[None, :] % 2 == 0, first, second).astype(np.int16)
    slipped = rng.random((each, items)) < 0.05
    sheets[slipped] = rng.integers(0, choices, int(slipped.sum()))
    return sheets
