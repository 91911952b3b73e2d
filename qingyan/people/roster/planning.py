"""What committing a roster would do, pupil by pupil: the rows of the file against the school's register as it is now.

Decides who is new, changed, moved, unchanged, missing, and which rows contradict the register. Knows no database: the
register comes in as values, and a pupil is known by keyed hashes of the two numbers, so no number is opened here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from qingyan.people.roster.outcome import WARNING, Problem, RosterRow

ClassKey = tuple[int, int]
LINES_TO_NAME = 5
SHOWN_BEFORE = ("name", "sex", "birth_date", "ethnicity", "id_kind")  # not the numbers, not the guardians


class Fate(StrEnum):
    """What will happen to a row's pupil; of a possible duplicate a person decides. What a kind means: choosing.py."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    ELSEWHERE = "elsewhere"  # at another school of the city: asked for, never made a second time (apart.py, ADR 0011)
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil of this school as the register has them; `place` is (grade, number) in the present year, else None."""

    id: UUID
    name: str
    sex: str
    birth_date: date | None
    ethnicity: str
    id_kind: str
    student_number_index: bytes | None
    id_number_index: bytes | None
    place: ClassKey | None
    class_id: int | None
    here: bool
    guardian: tuple[str, str, str] = ("", "", "")
    merged: bool = False


class Numbers(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The keyed hashes of a row's numbers; None where the file says nothing."""

    student_number: bytes | None = None
    id_number: bytes | None = None


NO_NUMBERS = Numbers()


class Candidate(msgspec.Struct, frozen=True):
    """A pupil of the register who may be the one that a row means, as a person compares them."""

    student: UUID
    name: str
    sex: str
    birth_date: date | None
    place: ClassKey | None


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row and what will happen: to whom (None: somebody new), which fields change, and the class until now."""

    row: RosterRow
    fate: Fate
    student: UUID | None = None
    changes: tuple[str, ...] = ()
    was: ClassKey | None = None
    own: Numbers = NO_NUMBERS
    old: dict[str, str] = {}
    candidates: tuple[Candidate, ...] = ()
    token: UUID | None = None

    @property
    def place(self) -> ClassKey:
        """The class that the row speaks of."""
        return self.row.grade, self.row.class_number


@dataclass
class Plan:
    """All steps, pupils of these classes whom the file does not name, new classes, and quarrels with the register."""

    steps: list[Step] = field(default_factory=list)
    missing: list[Known] = field(default_factory=list)
    new_classes: list[ClassKey] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """How many rows have this fate."""
        return sum(step.fate is fate for step in self.steps)


def plan(
    rows: Sequence[RosterRow], numbers: Sequence[Numbers], known: Iterable[Known], classes: Iterable[ClassKey]
) -> Plan:
    """The plan for these good rows: a whole file, or one part of it with the pupils whom its rows may mean.

    `numbers` run parallel to `rows`; `classes` are those of this school year.
    """
    everybody = list(known)
    register = _Register(everybody)
    result = Plan()
    found: list[tuple[RosterRow, Numbers, Known | None]] = []
    for row, own in zip(rows, numbers, strict=True):
        one, other = register.by_numbers(own)
        if one and other and one.id != other.id:
            result.problems.append(Problem(code="numbers_of_two_pupils", line=row.line, field="id_number"))
        elif (one and one.merged) or (other and other.merged):
            result.problems.append(Problem(code="file_merged", line=row.line, field="name"))
        else:
            found.append((row, own, one or other))
    again = _lines_of_pupils_named_twice(found)
    named = {pupil.id for _, _, pupil in found if pupil}
    for row, own, pupil in found:
        if pupil and pupil.id in again:
            result.problems.append(pupil_twice(row.line, again[pupil.id]))
            continue
        result.steps.append(step(row, own, pupil) if pupil else _stranger(row, own, register.like(row, named)))
        if pupil and pupil.name != row.name:
            result.problems.append(Problem(code="name_changes", line=row.line, field="name", level=WARNING))
    result.new_classes = sorted({one.place for one in result.steps} - set(classes))
    result.missing = _missing(everybody, [pupil for _, _, pupil in found if pupil], result.steps)
    return result


class _Register:
    """The pupils of a school, found by their numbers or by who they seem to be."""

    def __init__(self, everybody: Iterable[Known]) -> None:
        self.student_numbers: dict[bytes, Known] = {}
        self.id_numbers: dict[bytes, Known] = {}
        self.names: dict[str, list[Known]] = defaultdict(list)
        for pupil in everybody:
            if pupil.student_number_index:
                self.student_numbers[pupil.student_number_index] = pupil
            if pupil.id_number_index:
                self.id_numbers[pupil.id_number_index] = pupil
            if not pupil.merged:
                self.names[pupil.name].append(pupil)

    def by_numbers(self, own: Numbers) -> tuple[Known | None, Known | None]:
        """Whom the register number means, and whom the identity number."""
        one = self.student_numbers.get(own.student_number) if own.student_number else None
        return one, self.id_numbers.get(own.id_number) if own.id_number else None

    def like(self, row: RosterRow, named: Collection[UUID]) -> tuple[Known, ...]:
        """Pupils with this name and birthday whom no other row names by a number. A different sex is another child."""
        if not row.birth_date or row.name not in self.names:
            return ()
        same = (one for one in self.names[row.name] if one.birth_date == row.birth_date and one.id not in named)
        return tuple(one for one in same if {row.sex, one.sex} != {"F", "M"})


def step(row: RosterRow, own: Numbers, pupil: Known) -> Step:
    """What a row does to a pupil of the register: the one whom its numbers mean, or whom a person has named."""
    changes = _changes(row, own, pupil)
    moved = pupil.place != (row.grade, row.class_number)
    if moved:
        changes = ["class", *changes]
    fate = Fate.MOVED if moved else Fate.CHANGED if changes else Fate.UNCHANGED
    old = {name: str(getattr(pupil, name) or "") for name in changes if name in SHOWN_BEFORE}
    was = pupil.place if moved else None
    return Step(row=row, fate=fate, student=pupil.id, changes=tuple(changes), was=was, own=own, old=old)


def pupil_twice(line: int, lines: Sequence[int]) -> Problem:
    """Several rows of the file mean one pupil of the register."""
    others = [str(one) for one in lines if one != line]
    words = "、".join(others[:LINES_TO_NAME]) + ("…" if len(others) > LINES_TO_NAME else "")
    return Problem(code="pupil_twice", line=line, field="name", params={"others": words})


def _stranger(row: RosterRow, own: Numbers, alike: tuple[Known, ...]) -> Step:
    """No number is known: somebody new, unless the register has one who seems to be the same."""
    candidates = tuple(Candidate(one.id, one.name, one.sex, one.birth_date, one.place) for one in alike)
    return Step(row=row, fate=Fate.DUPLICATE if alike else Fate.NEW, own=own, candidates=candidates)


def _changes(row: RosterRow, own: Numbers, pupil: Known) -> list[str]:
    """The fields that the file says otherwise. What it leaves empty stays as it is."""
    changes = [name for name in SHOWN_BEFORE if getattr(row, name) and getattr(row, name) != getattr(pupil, name)]
    if own.student_number and own.student_number != pupil.student_number_index:
        changes.append("student_number")
    if own.id_number and own.id_number != pupil.id_number_index:
        changes.append("id_number")
    said = (row.guardian_name, row.guardian_phone, row.guardian_relation)
    names = ("guardian_name", "guardian_phone", "guardian_relation")
    changes += [name for name, new, old in zip(names, said, pupil.guardian, strict=True) if new and new != old]
    return changes if pupil.here else [*changes, "state"]


def _lines_of_pupils_named_twice(found: Sequence[tuple[RosterRow, Numbers, Known | None]]) -> dict[UUID, list[int]]:
    """One row by the register number and another by the identity number may mean the same pupil."""
    lines: dict[UUID, list[int]] = defaultdict(list)
    for row, _, pupil in found:
        if pupil:
            lines[pupil.id].append(row.line)
    return {pupil: same for pupil, same in lines.items() if len(same) > 1}


def _missing(everybody: Iterable[Known], named: Iterable[Known], steps: Iterable[Step]) -> list[Known]:
    """Pupils here whom the file does not name, in classes that it speaks of or that its pupils come from."""
    named_ids = {pupil.id for pupil in named}
    places = {(step.row.grade, step.row.class_number) for step in steps}
    origins = {pupil.class_id for pupil in everybody if pupil.id in named_ids and pupil.here and pupil.class_id}
    return [
        pupil
        for pupil in everybody
        if pupil.here and pupil.id not in named_ids and (pupil.place in places or pupil.class_id in origins)
    ]
