"""A cell of the cube: whom it counts (grade band, sex) and as what (part, category). Pure.

The dimensions are fixed. Nobody chooses a filter freely, so nobody subtracts one free choice from another.
"""

from collections.abc import Mapping
from typing import NamedTuple

BANDS = ("kindergarten", "lower_primary", "upper_primary", "junior", "senior")
GIRLS, BOYS, UNKNOWN, EVERYBODY = "F", "M", "U", ""
SEXES = (GIRLS, BOYS, UNKNOWN, EVERYBODY)


class Key(NamedTuple):
    """`part`: an instrument, "instrument:scale", a step, or "". `band` and `sex` are "" where nobody is told apart."""

    part: str
    band: str
    sex: str
    category: str

    @property
    def group(self) -> "Group":
        """Whom the cell is one category of."""
        return Group(self.part, self.band, self.sex)


class Group(NamedTuple):
    """All categories of one part for one band and sex."""

    part: str
    band: str
    sex: str

    def cell(self, category: str) -> Key:
        """One category of it."""
        return Key(self.part, self.band, self.sex, category)


class Place(NamedTuple):
    """A school, a district or the city, by its number."""

    level: str
    id: int


SCHOOL, DISTRICT, CITY = "school", "district", "city"
Counts = Mapping[Key, int]
Shown = dict[Key, int | None]


def band_of(grade: int) -> str:
    """The band of a grade, 0 (kindergarten) to 12. Raises ValueError outside."""
    if not 0 <= grade <= 12:
        raise ValueError(f"there is no grade {grade}")
    for band, last in zip(BANDS, (0, 3, 6, 9, 12), strict=True):
        if grade <= last:
            return band
    raise AssertionError


def base_of(part: str) -> str:
    """The instrument of "instrument:scale"; a part without a scale is its own base."""
    return part.partition(":")[0]


def groups(cells: Mapping[Key, object]) -> dict[Group, list[str]]:
    """Groups with their categories, in the order of the cells."""
    found: dict[Group, list[str]] = {}
    for key in cells:
        found.setdefault(key.group, []).append(key.category)
    return found
