"""How a pupil of this level usually answers each item: learned from the sheets themselves, no model of the trait. Pure.

P(answer of item j | level), smoothed over the level by a Gaussian kernel (a nonparametric item response curve, Ramsay
1991). The level of an item is read from the pupil's other answers only, mostly of the same scale.
"""

from dataclasses import dataclass

import numpy as np

from qingyan.screening.rules.careless.layout import Answers, Layout, Reals

BINS = 12
WIDTH = 1 / 12  # of the kernel, as a share of the whole range
OWN_SCALE = 0.6  # weight of the other items of the same scale; the rest is everything else
PRIOR = 0.5  # sheets added to each answer, so that nothing is impossible


@dataclass(frozen=True)
class Expectation:
    """`table[j, b, v]`: the chance of answer v to item j at the b-th of BINS levels."""

    table: Reals

    def usual(self) -> Reals:
        """The mean answer to each item over the levels: which items are said yes to more, which less."""
        found: Reals = (self.table * np.arange(self.table.shape[2])).sum(2).mean(1)
        return found

    def at(self, levels: Reals) -> Reals:
        """Chances for levels of 0 to 1, shape (sheets, items): (sheets, items, choices), linear between the bins."""
        place = np.clip(levels * (BINS - 1), 0, BINS - 1 - 1e-9)
        below = place.astype(np.intp)
        share = (place - below)[..., None]
        items = np.arange(levels.shape[1])[None, :]
        found: Reals = self.table[items, below] * (1 - share) + self.table[items, below + 1] * share
        return found


def levels_of(answers: Answers, layout: Layout, seen: slice = slice(None)) -> Reals:
    """For every item the level, 0 to 1, that the pupil's other answers among `seen` show."""
    aligned = layout.aligned(answers)
    used = np.zeros(layout.items, dtype=bool)
    used[seen] = True
    total, count = aligned[:, used].sum(1), int(used.sum())
    found = np.zeros(answers.shape)
    for group in layout.scales:
        inside = group[used[group]]
        of_group = aligned[:, inside].sum(1)
        elsewhere = (total - of_group) / max(count - len(inside), 1)
        for item in group:
            self_too = bool(used[item])
            others = len(inside) - self_too
            here = (of_group - (aligned[:, item] if self_too else 0)) / max(others, 1)
            weight = OWN_SCALE if others and count > len(inside) else float(bool(others))
            found[:, item] = weight * here + (1 - weight) * elsewhere
    levels: Reals = found / (layout.choices - 1)
    return levels


def learn(answers: Answers, levels: Reals, choices: int) -> Expectation:
    """The curves of all items from sheets believed to be answered with care."""
    centres = np.linspace(0, 1, BINS)
    table = np.full((answers.shape[1], BINS, choices), PRIOR)
    for item in range(answers.shape[1]):
        weight = np.exp(-0.5 * ((levels[:, item, None] - centres) / WIDTH) ** 2)
        for choice in range(choices):
            table[item, :, choice] += weight[answers[:, item] == choice].sum(0)
    return Expectation(table / table.sum(2, keepdims=True))
