"""What a review needs, and which grades it opens. Decisions in, faults and grades out. Pure.

An item that a grade never meets, because the file's own age gate keeps it from the oldest there, closes no grade.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from qingyan.instruments.rules.hazards import hazardous_items
from qingyan.instruments.rules.schema import Instrument

# A pupil enters grade 1 at six: a class of grade g holds pupils of g + 5 and g + 6 years.
OLDEST_ABOVE_GRADE = 6


class Verdict(StrEnum):
    """What the city may decide about a version."""

    APPROVED = "approved"
    LIMITED = "limited"
    REFUSED = "refused"


class Look(StrEnum):
    """What the reviewer must have looked at before a version may be used."""

    SOURCE = "source"
    LICENCE = "licence"
    AGES = "ages"
    NORMS = "norms"


Lack = Literal["note", "looks", "grades", "unsigned", "barred", "same_person"]
Refusal = Literal["not_reviewed", "refused", "other_file", "grades", "unsigned", "barred", "item_grade"]


@dataclass(frozen=True)
class Signed:
    """The newest signature of an item: from which grade it may be asked, None for never."""

    item: str
    lowest_grade: int | None
    by: UUID | None
    at: datetime
    digest: str


@dataclass(frozen=True)
class Ruled:
    """The newest decision about a version."""

    verdict: Verdict
    grades: range
    by: UUID | None
    at: datetime
    digest: str


def newest(lines: Iterable[Signed]) -> dict[str, Signed]:
    """The signature that counts, by item."""
    return {one.item: one for one in sorted(lines, key=lambda line: line.at)}


def lacking(
    instrument: Instrument, ruled: Ruled, signed: Mapping[str, Signed], *, looks: Iterable[str], note: str
) -> list[Lack]:
    """Why this decision may not be taken; empty when it may. A refusal needs its reason and nothing else."""
    found: list[Lack] = [] if note.strip() else ["note"]
    if ruled.verdict is Verdict.REFUSED:
        return found
    if set(Look) - set(looks):
        found.append("looks")
    if not ruled.grades:
        found.append("grades")
    return found + _signatures(instrument, ruled, signed)


def _signatures(instrument: Instrument, ruled: Ruled, signed: Mapping[str, Signed]) -> list[Lack]:
    counted = [signed.get(item.id) for item in hazardous_items(instrument)]
    valid = [one for one in counted if one is not None and one.digest == ruled.digest]
    found: list[Lack] = ["unsigned"] if len(valid) < len(counted) else []
    if any(one.lowest_grade is None for one in valid):
        found.append("barred")
    if any(one.by == ruled.by for one in valid):
        found.append("same_person")
    return found


def open_grades(instrument: Instrument, digest: str, ruled: Ruled | None, signed: Mapping[str, Signed]) -> list[int]:
    """The grades in which this version may be asked now; none whose pupils are younger or older than it is for."""
    youngest, oldest = instrument.audience.ages
    fitting = [
        grade
        for grade in range(1, 13)
        if youngest < grade + OLDEST_ABOVE_GRADE and grade + OLDEST_ABOVE_GRADE <= oldest
    ]
    return [grade for grade in fitting if refusal(instrument, digest, ruled, signed, range(grade, grade + 1)) is None]


def refusal(
    instrument: Instrument, digest: str, ruled: Ruled | None, signed: Mapping[str, Signed], grades: range
) -> Refusal | None:
    """Why these grades may not be asked this version, or None when they may."""
    if ruled is None:
        return "not_reviewed"
    if ruled.digest != digest:
        return "other_file"
    if ruled.verdict is Verdict.REFUSED:
        return "refused"
    if not set(grades) <= set(ruled.grades):
        return "grades"
    return _item_refusal(instrument, digest, signed, grades)


def _item_refusal(instrument: Instrument, digest: str, signed: Mapping[str, Signed], grades: range) -> Refusal | None:
    for item in hazardous_items(instrument):
        one = signed.get(item.id)
        if one is None or one.digest != digest:
            return "unsigned"
        if one.lowest_grade is None:
            return "barred"
        met = [grade for grade in grades if not item.min_age or grade + OLDEST_ABOVE_GRADE >= item.min_age]
        if any(grade < one.lowest_grade for grade in met):
            return "item_grade"
    return None
