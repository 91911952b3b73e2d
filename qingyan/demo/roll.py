"""The plan of a school's roll: classes, pupils, guardians, invented numbers. Pure; register.py writes it.

Each school draws from a random source of its own, so no school depends on which others are loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from qingyan.demo import names, numbers
from qingyan.demo.cast import PUPILS, Parent, Pupil, Ticked
from qingyan.demo.places import SchoolPlan

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # signs that tired eyes do not confuse; a part of those of real slips
SMALL_CLASS = 8
FORMER_BLOCK = 500  # phones of former pupils' families lie apart from those of the present ones
SIZE_VARIES_BY = 2
SECOND_GUARDIAN_SHARE = 0.62
RELATIONS = {"母亲": ("F", 0.52), "父亲": ("M", 0.38), "祖母": ("F", 0.05), "外祖父": ("M", 0.05)}


@dataclass(frozen=True)
class GuardianPlan:
    """A guardian, first or second."""

    id: UUID
    name: str
    relation: str
    phone: str


@dataclass(frozen=True)
class PupilPlan:
    """A pupil; `slip_code` is what the printed slip says, `distress` is fixed only for the cast."""

    id: UUID
    name: str
    sex: str
    born: date
    ethnicity: str
    id_number: str
    guardians: tuple[GuardianPlan, ...]
    slip_code: str
    distress: float | None = None
    sure: tuple[Ticked, ...] = ()

    def age_on(self, day: date) -> int:
        """Full years."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True)
class ClassPlan:
    """A class with its code for the pupils' door."""

    grade: int
    number: int
    code: str
    pupils: tuple[PupilPlan, ...]


class _Clerk:
    """Writes the roll of one school; holds what must not repeat."""

    def __init__(self, school: SchoolPlan, *, year: int, seed: int, word: str = "roll") -> None:
        self.school, self.year = school, year
        self.rng = Random(f"{seed}:{word}:{school.slug}")  # noqa: S311 - repeatable on purpose
        self.phones = numbers.phones(block=school.block + (0 if word == "roll" else FORMER_BLOCK))
        self.id_numbers = numbers.IdNumbers(block=school.block)

    def code(self) -> str:
        return "".join(self.rng.choices(CODE_SIGNS, k=8))

    def pupil(self, grade: int) -> PupilPlan:
        sex = self.rng.choice("FM")
        people = names.ethnicity(self.rng)
        name = names.pupil_name(self.rng, sex=sex, people=people)
        born = date(self.year - grade - 6, 9, 1) + timedelta(days=self.rng.randrange(365))
        return PupilPlan(
            id=self.id(),
            name=name.text,
            sex=sex,
            born=born,
            ethnicity=people,
            id_number=self.id_numbers.next(born, sex),
            guardians=tuple(self.guardian(parent) for parent in self.parents(name)),
            slip_code=self.code(),
        )

    def known(self, pupil: Pupil) -> PupilPlan:
        born = pupil.birth_date(self.year)
        return PupilPlan(
            id=pupil.id,
            name=pupil.name,
            sex=pupil.sex,
            born=born,
            ethnicity="汉族",
            id_number=self.id_numbers.next(born, pupil.sex),
            guardians=tuple(self.guardian(parent) for parent in pupil.guardians),
            slip_code=pupil.slip_code or self.code(),
            distress=pupil.distress,
            sure=pupil.sure,
        )

    def parents(self, pupil: names.Name) -> Iterator[Parent]:
        first = self.rng.choices(tuple(RELATIONS), [share for _, share in RELATIONS.values()])[0]
        second = "父亲" if first == "母亲" else "母亲"
        for relation in (first, second)[: 1 + (self.rng.random() < SECOND_GUARDIAN_SHARE)]:
            family = pupil.family if relation == "父亲" else None
            yield Parent(names.adult_name(self.rng, sex=RELATIONS[relation][0], family=family).text, relation)

    def guardian(self, parent: Parent) -> GuardianPlan:
        return GuardianPlan(self.id(), parent.name, parent.relation, next(self.phones))

    def id(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)


def roll(school: SchoolPlan, *, year: int, seed: int, small: bool = False) -> tuple[ClassPlan, ...]:
    """All classes of the school in the school year that begins in `year`; `small` makes small classes."""
    clerk = _Clerk(school, year=year, seed=seed)
    build = school.build
    numbers_of_grade = range(1, build.classes + 1)
    return tuple(_class(clerk, grade, number, small) for grade in build.grades for number in numbers_of_grade)


def outline(school: SchoolPlan, *, seed: int, word: str) -> tuple[ClassPlan, ...]:
    """The classes alone, without pupils: enough for places and staff. `word` keeps the codes of two years apart."""
    rng = Random(f"{seed}:{word}:{school.slug}")  # noqa: S311 - repeatable on purpose
    return tuple(
        ClassPlan(grade, number, "".join(rng.choices(CODE_SIGNS, k=8)), ())
        for grade in school.build.grades
        for number in range(1, school.build.classes + 1)
    )


def former(school: SchoolPlan, *, year: int, seed: int, count: int) -> tuple[PupilPlan, ...]:
    """Pupils of this school who were in its last grade when the school year `year` began, or would have been."""
    clerk = _Clerk(school, year=year, seed=seed, word="former")
    return tuple(clerk.pupil(school.build.grades[-1]) for _ in range(count))


def _class(clerk: _Clerk, grade: int, number: int, small: bool) -> ClassPlan:
    size = min(clerk.school.build.size, SMALL_CLASS if small else 99)
    size += clerk.rng.randint(-SIZE_VARIES_BY, SIZE_VARIES_BY)
    code = clerk.code()
    known = [one for one in PUPILS if one.school == clerk.school.slug and one.class_ == (grade, number)]
    pupils = [*(clerk.known(one) for one in known), *(clerk.pupil(grade) for _ in range(size - len(known)))]
    return ClassPlan(grade, number, code, tuple(pupils))
