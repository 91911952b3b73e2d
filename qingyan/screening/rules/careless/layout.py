"""What the search for careless answering needs to know of an instrument, and sheets as a matrix. Pure.

Answers are counted from the lowest option (0 … choices - 1) as they were given, not turned round; -1 stands for none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Answers = npt.NDArray[np.int16]
Reals = npt.NDArray[np.float64]
FEWEST_ITEMS = 20  # a short instrument holds too little to tell a hurried pupil from a quiet one


@dataclass(frozen=True)
class Layout:
    """`turned` marks reverse-worded items; `scales` are groups of item places that ask about one thing."""

    choices: int
    turned: npt.NDArray[np.bool_]
    scales: tuple[npt.NDArray[np.intp], ...]

    @property
    def items(self) -> int:
        """How many items the instrument has."""
        return int(self.turned.size)

    def aligned(self, answers: Answers) -> Answers:
        """The answers with reverse-worded items turned, so that more always means more of the trouble asked about."""
        return np.where(self.turned, self.choices - 1 - answers, answers).astype(np.int16)


def layout_of(options: Sequence[Sequence[int]], turned: Sequence[int], scales: Sequence[Sequence[int]]) -> Layout:
    """From an instrument: stored values per item, places of reversed items, and item places per scale.

    An item counts in the first scale that holds it; scales that hold every item are left out, and items in no scale
    make one group of their own. Groups of fewer than three items are joined to the largest.
    """
    count = len(options)
    free = set(range(count))
    groups: list[list[int]] = []
    for scale in sorted(scales, key=len):
        mine = [place for place in scale if place in free]
        if len(scale) < count and len(mine) >= 3:
            groups.append(mine)
            free -= set(mine)
    if free:
        groups = [*groups, sorted(free)] if len(free) >= 3 or not groups else [groups[0] + sorted(free), *groups[1:]]
    reverse = np.zeros(count, dtype=bool)
    reverse[list(turned)] = True
    choices = max(max(values) - min(values) for values in options) + 1
    return Layout(choices, reverse, tuple(np.array(group, dtype=np.intp) for group in groups))


def filled(answers: Answers, layout: Layout) -> Answers:
    """Gaps filled with the pupil's own middle of the same scale, so that a gap is neither odd nor a repetition."""
    whole = answers.copy()
    for group in layout.scales:
        part = answers[:, group].astype(float)
        part[part < 0] = np.nan
        counted = np.isfinite(part).any(1)
        middle = np.zeros(len(part))
        middle[counted] = np.nanmedian(part[counted], axis=1)
        gaps = np.isnan(part)
        whole[:, group] = np.where(gaps, np.round(middle)[:, None], answers[:, group]).astype(np.int16)
    return whole


def presented(answers: Answers, order: npt.NDArray[np.intp] | None) -> Answers:
    """The same answers in the order in which each pupil saw the items; `order` has one row a sheet."""
    return answers if order is None else np.take_along_axis(answers, order, axis=1)
