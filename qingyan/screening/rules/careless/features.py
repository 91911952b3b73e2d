"""What of a sheet speaks of care or of its absence: one row of numbers a sheet, for signs.py and detector.py. Pure.

Sources: person fit as the standardised log-likelihood lz (Drasgow, Levine & Williams 1985), here with learned curves;
long strings (Johnson 2005) and intra-individual variability (Dunn et al. 2018), here against the level's.
Everything is compared with pupils of the same level, because much trouble alone makes answers alike and unusual.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from qingyan.screening.rules.careless.expectation import Expectation, levels_of
from qingyan.screening.rules.careless.layout import Answers, Layout, Reals

NAMES = (
    "random",  # log-likelihood of guessing against the level's own curves, a root item
    "random_later",  # the same for the best cut: the second part against what the first part lets one expect
    "unfit",  # lz with its sign turned: 0 on average, higher = less fitting
    "repeats",  # repeated answers beyond what the level lets one expect, in standard deviations
    "line",  # log-likelihood of a straight line with slips
    "swing",  # log-likelihood of going to and fro
    "to_and_fro",  # share of answers equal to the one before the last, but not to the last
    "same_share",  # share of answers equal to the last
    "longest",  # longest run of one answer, logarithm of its share of the sheet
    "spread",  # standard deviation of the answers, as a share of the range
    "follows_items",  # correlation with the items' own difficulty; 0 when nothing is told apart
    "within",  # spread of answers to like questions, around the pupil's and the item's own mean, share of the range
    "level",  # mean of the aligned answers, 0 to 1
)
STICK, SWING = 0.88, 0.90  # how faithfully a bored pupil keeps to the pattern


def features(answers: Answers, layout: Layout, expected: Expectation, given: Answers) -> Reals:
    """Columns as in NAMES. `answers` in item order without gaps; `given` the same answers in the order shown."""
    items = layout.items
    chances = expected.at(levels_of(answers, layout))
    logs = np.log(chances)
    own = _own(logs, answers)
    hoped = (chances * logs).sum(2)
    spread = (chances * logs**2).sum(2) - hoped**2
    guess = -np.log(layout.choices)
    root = np.sqrt(items)
    same, swing = given[:, 1:] == given[:, :-1], given[:, 2:] == given[:, :-2]
    swing &= ~same[:, 1:]
    return np.column_stack(
        [
            (guess - own).sum(1) / root,
            _later(answers, layout, expected) / root,
            (hoped - own).sum(1) / np.sqrt(spread.sum(1) + 1),
            _beyond(same.sum(1), chances),
            (_kept(same, STICK, layout.choices) - own[:, 1:].sum(1)) / root,
            (_kept(swing, SWING, layout.choices) - own[:, 2:].sum(1)) / root,
            swing.mean(1),
            same.mean(1),
            np.log(longest_run(given) / items),
            answers.std(1) / (layout.choices - 1),
            _follows(answers, expected),
            _within(answers, layout, expected),
            layout.aligned(answers).mean(1) / (layout.choices - 1),
        ]
    )


def longest_run(given: Answers) -> Reals:
    """The length of the longest row of one and the same answer, per sheet."""
    best = np.ones(len(given))
    now = np.ones(len(given))
    for item in range(1, given.shape[1]):
        now = np.where(given[:, item] == given[:, item - 1], now + 1, 1)
        best = np.maximum(best, now)
    return best


def in_parts(work: Callable[[slice], Reals], count: int, size: int = 2000) -> Reals:
    """The rows of `work`, made some thousand at a time: memory stays flat however many sheets there are."""
    parts = [work(slice(start, start + size)) for start in range(0, count, size)]
    return np.concatenate(parts) if parts else np.zeros((0, len(NAMES)))


def _own(logs: Reals, answers: Answers) -> Reals:
    found: Reals = np.take_along_axis(logs, answers[..., None].astype(np.intp), 2)[..., 0]
    return found


def _later(answers: Answers, layout: Layout, expected: Expectation) -> Reals:
    """The best of several cuts: how much better guessing explains what follows than the answers before it do."""
    items = layout.items
    best = np.full(len(answers), -np.inf)
    for cut in range(items // 4, 3 * items // 4 + 1, max(1, items // 8)):
        own = _own(np.log(expected.at(levels_of(answers, layout, slice(0, cut)))), answers)
        best = np.maximum(best, (-np.log(layout.choices) - own[:, cut:]).sum(1))
    return best


def _beyond(count: npt.NDArray[np.intp], chances: Reals) -> Reals:
    """Repetitions beyond expectation: two neighbours agree by chance in the sum of their joint chances."""
    agree: Reals = (chances[:, 1:] * chances[:, :-1]).sum(2)
    found: Reals = (count - agree.sum(1)) / np.sqrt((agree * (1 - agree)).sum(1) + 0.5)
    return found


def _kept(kept: npt.NDArray[np.bool_], faithful: float, choices: int) -> Reals:
    left = np.log((1 - faithful) / (choices - 1))
    found: Reals = left * kept.shape[1] + (np.log(faithful) - left) * kept.sum(1)
    return found


def _follows(answers: Answers, expected: Expectation) -> Reals:
    """Correlation of a sheet with what the items usually get; 0 for a sheet without any difference."""
    usual = expected.usual() - expected.usual().mean()
    own = answers - answers.mean(1, keepdims=True)
    size = np.sqrt((own**2).sum(1) * (usual**2).sum())
    found: Reals = np.where(size > 0, (own * usual).sum(1) / np.maximum(size, 1e-9), 0.0)
    return found


def _within(answers: Answers, layout: Layout, expected: Expectation) -> Reals:
    """How far answers to like questions lie apart, after taking away what each question usually gets."""
    rest = answers - expected.usual()
    aligned = np.where(layout.turned, -rest, rest)
    for group in layout.scales:
        aligned[:, group] -= aligned[:, group].mean(1, keepdims=True)
    found: Reals = aligned.std(1) / (layout.choices - 1)
    return found
