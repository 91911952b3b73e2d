"""Words for grade and class: 七年级, 初一, 7, 高一, 2024级, （3）班, 七(3)班, 1003班. Raises Wrong.

Grades are 1-6 primary, 7-9 junior, 10-12 senior and vocational, 0 kindergarten, as in organisations.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from qingyan.people.roster.normalising import folded, shown
from qingyan.people.roster.numerals import NUMERAL, number_of
from qingyan.people.roster.outcome import Cell, Wrong

MOST_CLASSES = 60
GRADES_OF_KIND: Mapping[str, range] = MappingProxyType(
    {
        "kindergarten": range(0, 1),
        "primary": range(1, 7),
        "junior": range(7, 10),
        "senior": range(10, 13),
        "vocational": range(10, 13),
        "special": range(0, 13),
        "nine_year": range(1, 10),
        "complete_secondary": range(7, 13),
    }
)
BEFORE_STAGE = {
    **dict.fromkeys(("小", "小学"), 0),
    **dict.fromkeys(("初", "初中"), 6),
    **dict.fromkeys(("高", "高中", "职高", "中职", "职", "中专"), 9),
}
STAGE = "|".join(sorted(BEFORE_STAGE, key=len, reverse=True))
KINDERGARTEN = frozenset(("幼儿园", "托班", "小班", "中班", "大班", "学前班", "学前"))
STAGE_AND_YEAR = re.compile(rf"({STAGE})({NUMERAL})(?:年级|年)?")
YEAR = re.compile(rf"({NUMERAL})(?:年级|年)?")
INTAKE = re.compile(rf"({STAGE})?(20\d\d)(?:级|届入学|年入学)")
GRADE_PREFIX = rf"(?P<grade>(?:{STAGE})?{NUMERAL}(?:年级|年)?|(?:{STAGE})?20\d\d级)"
CLASS_FORMS = (
    re.compile(rf"[(\[]?(?P<number>{NUMERAL})[)\]]?班?"),
    re.compile(rf"{GRADE_PREFIX}[(\[](?P<number>{NUMERAL})[)\]]班?"),
    re.compile(
        rf"(?P<grade>(?:{STAGE})?{NUMERAL}年级|(?:{STAGE}){NUMERAL}|(?:{STAGE})?20\d\d级)(?P<number>{NUMERAL})班"
    ),
    re.compile(r"(?P<grade>[一二三四五六七八九])(?P<number>\d{1,2})班"),
    re.compile(r"(?P<grade>\d{1,2})[-.](?P<number>\d{1,2})班?"),
    re.compile(r"(?P<grade>1[0-2]|[1-9])(?P<number>\d{2})班?"),
)


@dataclass(frozen=True)
class Schooling:
    """What is needed to read a grade: the grades that the school has, and the year in which the school year began."""

    grades: range
    year: int


def grade(cell: Cell, schooling: Schooling) -> int:
    """The grade as a number; None-like cells are refused by the caller. Raises Wrong."""
    text = folded(cell)
    found = _grade(text, schooling)
    if found is None:
        raise Wrong("grade_unreadable", value=shown(text))
    if found not in schooling.grades:
        raise Wrong("grade_not_at_school", value=shown(text))
    return found


def class_number(cell: Cell, in_grade: int, schooling: Schooling) -> int:
    """The number of the class in its grade; a grade written in front must be the same. Raises Wrong."""
    text = folded(cell)
    for form in CLASS_FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        prefix = found.groupdict().get("grade")
        if prefix and _grade(prefix, schooling) != in_grade and not _short_form(prefix, in_grade):
            raise Wrong("class_of_another_grade", value=shown(text))
        number = number_of(found["number"])
        if 1 <= number <= MOST_CLASSES:
            return number
    raise Wrong("class_unreadable", value=shown(text))


def _grade(text: str, schooling: Schooling) -> int | None:
    if text in KINDERGARTEN:
        return 0
    intake = INTAKE.fullmatch(text)
    if intake:
        return _grade_of_intake(intake[1], int(intake[2]), schooling)
    staged = STAGE_AND_YEAR.fullmatch(text)
    if staged:
        return BEFORE_STAGE[staged[1]] + number_of(staged[2])
    plain = YEAR.fullmatch(text)
    return number_of(plain[1]) if plain else None


def _grade_of_intake(stage: str | None, intake: int, schooling: Schooling) -> int:
    """2024级 in the school year that began in 2026 is the third year of whatever the school begins with."""
    years = schooling.year - intake + 1
    if stage:
        return BEFORE_STAGE[stage] + years
    starts = sorted({first for first in (1, 7, 10) if first in schooling.grades})
    if len(starts) != 1:
        raise Wrong("grade_intake_ambiguous", value=f"{intake}级")
    return starts[0] - 1 + years


def _short_form(prefix: str, in_grade: int) -> bool:
    """In a senior school people write 一(3)班 for 高一（3）班, in a junior school for 初一."""
    try:
        number = number_of(prefix)
    except ValueError:
        return False
    return in_grade in (6 + number, 9 + number) and number <= 3
