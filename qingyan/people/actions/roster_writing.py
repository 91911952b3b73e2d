"""Writes a part of a plan into the register in bulk: classes, pupils, enrolments, guardians. Called by commit only.

Each part says what undoing it needs.

Nothing is ever removed; pupils whom the file does not name are not touched; a field that the file leaves empty stays.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from qingyan.foundation.crypto.api import indexer, sealer
from qingyan.foundation.database import bulk
from qingyan.organisations.api import SchoolClass, SchoolYear
from qingyan.people.models import Enrolment, Guardian, Slip, Student
from qingyan.people.models.student import StudentState
from qingyan.people.roster.keeping import Altered, Made, Undo, digest
from qingyan.people.roster.outcome import RosterRow
from qingyan.people.roster.planning import ClassKey, Fate, Step
from qingyan.people.rules.city_identity import city_identity

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, 1, I and L: a child types it from a blackboard
CODE_LENGTH = 6
IDENTITY = ("name", "sex", "birth_date", "ethnicity", "id_kind", "student_number", "id_number")
STUDENT_COLUMNS = (*IDENTITY, "student_number_index", "id_number_index", "city_index", "school_class", "state")
NEW_STUDENT = (
    "id",
    "school",
    "school_class",
    "name",
    "sex",
    "birth_date",
    "ethnicity",
    "id_kind",
    "student_number",
    "student_number_index",
    "id_number",
    "id_number_index",
    "city_index",
    "state",
    "demo",
    "created_at",
)
NEW_ENROLMENT = ("id", "student", "school", "school_class", "starts_on")
GUARDIAN_COLUMNS = ("name", "phone", "relation")
NEW_GUARDIAN = ("id", "student", "school", *GUARDIAN_COLUMNS, "position")


class Writer:
    """Writes the parts of one import into one school, and opens the classes that their rows need."""

    def __init__(self, school_id: int, places: dict[ClassKey, int], *, year: SchoolYear, now: datetime) -> None:
        self.school_id, self.places, self.year, self.now = school_id, dict(places), year, now
        self.today, self.opened = timezone.localdate(now), 0
        self.city_index = indexer(Student, "city_index", None)
        self.seal = {
            (model, name): sealer(model, name, school_id)
            for model, name in (
                (Student, "student_number"),
                (Student, "id_number"),
                (Guardian, "name"),
                (Guardian, "phone"),
            )
        }

    def write(self, steps: Sequence[Step]) -> Undo:
        """Do everything that these steps say."""
        self._open_classes(steps)
        made = [(uuid4(), step) for step in steps if step.fate is Fate.NEW]
        touched = {step.student: step for step in steps if step.student and step.changes}
        bulk.insert_values(Student, NEW_STUDENT, (self._student(key, step) for key, step in made))
        altered = self._change_students(touched)
        moved = {key: one for key, one in altered.items() if {"school_class", "state"} & set(one.after)}
        self._enrol(made, moved, touched)
        self._write_guardians(made, touched, altered)
        slips = Slip.objects.filter(student_id__in=list(moved), voided_at__isnull=True)
        voided = slips.update(voided_at=self.now) if moved else 0
        digests = [Made(key, digest(self._stored(step))) for key, step in made]
        return Undo(made=digests, altered=list(altered.values()), slips_voided=voided)

    def _open_classes(self, steps: Sequence[Step]) -> None:
        keys = sorted({step.place for step in steps if step.fate is not Fate.UNCHANGED} - set(self.places))
        codes = _fresh_codes(len(keys))
        classes = [
            SchoolClass(school_id=self.school_id, school_year=self.year, grade=grade, number=number, code=code)
            for (grade, number), code in zip(keys, codes, strict=True)
        ]
        self.opened += len(keys)
        self.places |= {(one.grade, one.number): one.id for one in SchoolClass.objects.bulk_create(classes)}

    def _student(self, key: UUID, step: Step) -> tuple[Any, ...]:
        """In the order of NEW_STUDENT."""
        row = step.row
        return (
            key,
            self.school_id,
            self.places[step.place],
            row.name,
            row.sex or "U",
            row.birth_date,
            row.ethnicity,
            row.id_kind,
            self.seal[Student, "student_number"](key, row.student_number or None),
            step.own.student_number,
            self.seal[Student, "id_number"](key, row.id_number or None),
            step.own.id_number,
            self.city_index(city_identity(row.id_number, row.student_number)),
            StudentState.ENROLLED,
            False,
            self.now,
        )

    def _stored(self, step: Step) -> tuple[Any, ...]:
        """In the order of DIGESTED."""
        row, own = step.row, step.own
        plain = (row.name, row.sex or "U", row.birth_date, row.ethnicity, row.id_kind)
        return (*plain, own.student_number, own.id_number, self.places[step.place], str(StudentState.ENROLLED))

    def _change_students(self, touched: dict[UUID, Step]) -> dict[UUID, Altered]:
        if not touched:
            return {}
        students = Student.objects.in_bulk(list(touched))
        altered = {key: self._change(students[key], step) for key, step in touched.items()}
        bulk.update(Student, students.values(), names=STUDENT_COLUMNS)
        renumbered = [key for key, one in altered.items() if {"student_number", "id_number"} & set(one.after)]
        if renumbered:  # known across the city by the new number only; the night makes that index anew
            Student.objects.filter(id__in=renumbered).update(city_index=None)
        return altered

    def _change(self, student: Student, step: Step) -> Altered:
        """Set what the step changes; says what stood there before."""
        said = _identity(step.row)
        new = {name: said[name] for name in IDENTITY if name in step.changes}
        if student.school_class_id != self.places[step.place]:
            new["school_class_id"] = self.places[step.place]
        if "state" in step.changes:
            new["state"] = str(StudentState.ENROLLED)
        before = {name: _text(getattr(student, name)) for name in new}
        for name, value in new.items():
            setattr(student, name, value)
        after = {name: _text(value) for name, value in new.items()}
        return Altered(student.id, _plainly(before), _plainly(after))

    def _enrol(self, made: Sequence[tuple[UUID, Step]], moved: dict[UUID, Altered], touched: dict[UUID, Step]) -> None:
        old = Enrolment.objects.filter(student_id__in=list(moved), ends_on__isnull=True) if moved else None
        for key, student in old.values_list("id", "student_id") if old is not None else ():
            moved[student].ended = key
        for one in moved.values():
            one.began = uuid4()
        if moved:
            Enrolment.objects.filter(id__in=[one.ended for one in moved.values() if one.ended]).update(
                ends_on=self.today
            )
        rows = [(uuid4(), key, self.school_id, self.places[step.place], self.today) for key, step in made]
        rows += [
            (one.began, key, self.school_id, self.places[touched[key].place], self.today)
            for key, one in moved.items()
            if one.began
        ]
        bulk.insert_values(Enrolment, NEW_ENROLMENT, rows)

    def _write_guardians(
        self, made: Iterable[tuple[UUID, Step]], touched: dict[UUID, Step], altered: dict[UUID, Altered]
    ) -> None:
        """The first guardian; others, which the file does not know, stay."""
        said = {key: step.row for key, step in touched.items() if _guardian_changes(step)}
        old = Guardian.objects.filter(student_id__in=list(said), position=1) if said else ()
        there = {one.student_id: one for one in old}
        rows = [(uuid4(), key, step.row) for key, step in made if step.row.guardian_name or step.row.guardian_phone]
        for key, row in said.items():
            if key in there:
                _note_guardian(altered[key], there[key], row)
            else:
                fresh = uuid4()
                rows.append((fresh, key, row))
                altered[key].guardian, altered[key].guardian_made = fresh, True
        bulk.insert_values(Guardian, NEW_GUARDIAN, (self._guardian(*one) for one in rows))
        if there:
            bulk.update(Guardian, there.values(), names=GUARDIAN_COLUMNS)

    def _guardian(self, key: UUID, pupil: UUID, row: RosterRow) -> tuple[Any, ...]:
        """In the order of NEW_GUARDIAN."""
        name = self.seal[Guardian, "name"](key, row.guardian_name or None)
        phone = self.seal[Guardian, "phone"](key, row.guardian_phone or None)
        return key, pupil, self.school_id, name, phone, row.guardian_relation, 1


def _fresh_codes(count: int) -> list[str]:
    """Class codes that no class of any school has; 31 signs in 6 places leave room for chance to be rare."""
    codes: set[str] = set()
    while len(codes) < count:
        tried = {"".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)) for _ in range(count - len(codes))}
        codes |= tried - set(SchoolClass.objects.filter(code__in=tried).values_list("code", flat=True))
    return sorted(codes, key=lambda code: secrets.randbits(32))[:count]


def _note_guardian(altered: Altered, guardian: Guardian, row: RosterRow) -> None:
    """Set what the row says of the guardian; the old words are kept for undoing."""
    altered.guardian = guardian.id
    for name in GUARDIAN_COLUMNS:
        said, was = getattr(row, f"guardian_{name}"), getattr(guardian, name)
        if said and said != was:
            altered.before[f"guardian_{name}"], altered.after[f"guardian_{name}"] = was, said
            setattr(guardian, name, said)


def _guardian_changes(step: Step) -> bool:
    return any(name.startswith("guardian") for name in step.changes)


def _identity(row: RosterRow) -> dict[str, Any]:
    """What the file says about the person; empty numbers are no numbers."""
    values = {name: getattr(row, name) for name in IDENTITY}
    return values | {
        "sex": row.sex or "U",
        "student_number": row.student_number or None,
        "id_number": row.id_number or None,
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _plainly(values: dict[str, str | None]) -> dict[str, str | None]:
    return {name.replace("school_class_id", "school_class"): value for name, value in values.items()}
