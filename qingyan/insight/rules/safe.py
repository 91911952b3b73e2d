"""What of a group's counts may be told: 1 to 7 hidden, a second cell with it, the rest rounded to 5. Pure.

Hiding alone is not enough: with totals in sight a hidden count is a difference. So no exact number leaves at all,
totals are made of rounded parts (totals.py), and narrowing.py looks at everything together once more. The rule is
OpenSAFELY's (hide up to 7, then round to 5); a share is told of 30 or more.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Disclosure:
    """The numbers of the rule. Other values are for controls in tests only."""

    smallest: int = 8  # counts from 1 to smallest - 1 are hidden
    step: int = 5
    fewest: int = 30  # a group for which anything about risk may be told
    complement: bool = True
    left: int = 3  # a hidden small count must keep at least so many possible values

    def rounded(self, count: int) -> int:
        """To the nearest multiple of the step; never up from nothing or down to it, since what is small is hidden."""
        return self.step * ((count + self.step // 2) // self.step)

    def is_small(self, count: int) -> bool:
        """Whether a count must not be told."""
        return 0 < count < self.smallest

    def span(self, shown: int) -> tuple[int, int]:
        """The counts that may stand behind a figure."""
        if shown == 0:
            return 0, 0
        below = self.step // 2
        return max(self.smallest, shown - below), shown + self.step - 1 - below


DISCLOSURE = Disclosure()


def hidden(counts: Mapping[str, int], *, risk: bool, by: Disclosure = DISCLOSURE) -> frozenset[str]:
    """The categories of one group that are not told.

    Of risk nothing is told where the group is small or all alike. There a hidden cell takes the next larger ones with
    it until the hidden ones are together no small count either, for the size of the group is known from elsewhere.
    """
    everybody = sum(counts.values())
    if risk and (everybody < by.fewest or everybody in counts.values()):
        return frozenset(counts)
    gone = {category for category, count in counts.items() if by.is_small(count)}
    if not (risk and by.complement):
        return frozenset(gone)
    waiting = sorted((count, category) for category, count in counts.items() if count and category not in gone)
    for _count, category in waiting:
        if not by.is_small(sum(counts[one] for one in gone)):
            break
        gone.add(category)
    return frozenset(gone)
