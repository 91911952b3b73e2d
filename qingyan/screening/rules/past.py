"""What earlier rounds may tell of a cut-off: counted shares of groups that are large enough. Pure.

A group of less than FEWEST sheets is not kept. Nor can it be worked out: what is left out of a school's sum is nothing,
or at least FEWEST sheets together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from qingyan.screening.rules.capacity import FEWEST, Interval, wilson

ALL_GRADES = 0


@dataclass(frozen=True)
class Counted:
    """Sheets that a rule could decide, and those that reached it."""

    asked: int
    positive: int

    @property
    def share(self) -> float:
        """Of the sheets, 0 to 1."""
        return self.positive / self.asked

    @property
    def interval(self) -> Interval:
        """95 % by Wilson. Raises ValueError for a group that is too small."""
        return wilson(self.positive, self.asked)

    def plus(self, other: "Counted") -> "Counted":
        """Both groups together."""
        return Counted(self.asked + other.asked, self.positive + other.positive)


NOBODY = Counted(0, 0)


def kept(by_grade: Mapping[int, Counted]) -> dict[int, Counted]:
    """The grades that may be kept, and under ALL_GRADES the sum of all; empty when even the sum is too small."""
    whole = together(by_grade)
    if whole.asked < FEWEST:
        return {}
    shown = {grade: one for grade, one in by_grade.items() if one.asked >= FEWEST}
    while shown and 0 < whole.asked - together(shown).asked < FEWEST:
        shown.pop(min(shown, key=lambda grade: shown[grade].asked))
    return {ALL_GRADES: whole, **shown}


def together(groups: Mapping[int, Counted]) -> Counted:
    """The sum of the groups."""
    found = NOBODY
    for one in groups.values():
        found = found.plus(one)
    return found
