"""What committing a roster would do, pupil by pupil: the rows of the file against the school's register as it is now.

Decides who is new, changed, moved, unchanged, missing, and which rows contradict the register. Knows no database: the
register comes in as values, and a pupil is known by keyed hashes of the two numbers, so no number is opened here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from qingyan.people.roster.outcome import WARNING, Problem, RosterRow

ClassKey = tuple[int, int]
LINES_TO_NAME = 5
SHOWN_BEFORE = ("name", "sex", "birth_date", "ethnicity", "id_kind")  # not the numbers, not the guardians


class Fate(StrEnum):
    """What will happen to a row's pupil."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
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


@dataclass(frozen=True, slots=True)
class Numbers:
    """The keyed hashes of a row's numbers; None where the file says nothing."""

    student_number: bytes | None
    id_number: bytes | None


NO_NUMBERS = Numbers(None, None)


@dataclass(frozen=True, slots=True)
class Step:
    """One row and what will happen: to whom (None: somebody new), which fields change, and the class until now."""

    row: RosterRow
    fate: Fate
    student: UUID | None = None
    changes: tuple[str, ...] = ()
    was: ClassKey | None = None
    own: Numbers = NO_NUMBERS
    old: dict[str, str] = field(default_factory=dict)


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

    def without(self, fates: Collection[Fate]) -> "Plan":
        """The same plan with these rows left as they are; classes that only they needed are not opened."""
        steps = [step for step in self.steps if step.fate not in fates]
        places = {(step.row.grade, step.row.class_number) for step in steps}
        return replace(self, steps=steps, new_classes=[key for key in self.new_classes if key in places])

    def fingerprint(self) -> str:
        """Equal for two plans that would do the same; compared before a commit."""
        parts = [f"{step.row.line} {step.fate} {step.student} {step.changes}" for step in self.steps]
        parts += [f"class {key}" for key in self.new_classes]
        return sha256("\n".join(parts).encode()).hexdigest()


def plan(
    rows: Sequence[RosterRow], numbers: Sequence[Numbers], known: Iterable[Known], classes: Iterable[ClassKey]
) -> Plan:
    """The plan for these good rows. `numbers` run parallel to `rows`; `classes` are those of this school year."""
    everybody = list(known)
    by_student_number = {pupil.student_number_index: pupil for pupil in everybody if pupil.student_number_index}
    by_id_number = {pupil.id_number_index: pupil for pupil in everybody if pupil.id_number_index}
    result = Plan()
    found: list[tuple[RosterRow, Numbers, Known | None]] = []
    for row, own in zip(rows, numbers, strict=True):
        one = by_student_number.get(own.student_number) if own.student_number else None
        other = by_id_number.get(own.id_number) if own.id_number else None
        if one and other and one.id != other.id:
            result.problems.append(Problem(code="numbers_of_two_pupils", line=row.line, field="id_number"))
        elif (one and one.merged) or (other and other.merged):
            result.problems.append(Problem(code="file_merged", line=row.line, field="name"))
        else:
            found.append((row, own, one or other))
    again = _lines_of_pupils_named_twice(found)
    for row, own, pupil in found:
        if pupil and pupil.id in again:
            result.problems.append(_pupil_twice(row, again[pupil.id]))
        else:
            result.steps.append(_step(row, own, pupil))
            if pupil and pupil.name != row.name:
                result.problems.append(Problem(code="name_changes", line=row.line, field="name", level=WARNING))
    result.new_classes = sorted({(step.row.grade, step.row.class_number) for step in result.steps} - set(classes))
    result.missing = _missing(everybody, [pupil for _, _, pupil in found if pupil], result.steps)
    return result


def _step(row: RosterRow, own: Numbers, pupil: Known | None) -> Step:
    if pupil is None:
        return Step(row=row, fate=Fate.NEW, own=own)
    changes = _changes(row, own, pupil)
    moved = pupil.place != (row.grade, row.class_number)
    if moved:
        changes = ["class", *changes]
    fate = Fate.MOVED if moved else Fate.CHANGED if changes else Fate.UNCHANGED
    old = {name: str(getattr(pupil, name) or "") for name in changes if name in SHOWN_BEFORE}
    was = pupil.place if moved else None
    return Step(row=row, fate=fate, student=pupil.id, changes=tuple(changes), was=was, old=old)


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


def _pupil_twice(row: RosterRow, lines: Sequence[int]) -> Problem:
    others = "、".join(str(line) for line in lines if line != row.line)
    return Problem(code="pupil_twice", line=row.line, field="name", params={"others": others})


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
