"""Writes a plan into the register in bulk: classes, pupils, enrolments, guardians. Called by roster.commit only.

Nothing is ever removed; pupils whom the file does not name are not touched; a field that the file leaves empty stays.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from qingyan.foundation.crypto.api import seal_for
from qingyan.foundation.database import bulk
from qingyan.organisations.api import SchoolClass, SchoolYear
from qingyan.people.models import Enrolment, Guardian, Slip, Student
from qingyan.people.models.student import StudentState
from qingyan.people.roster.outcome import RosterRow
from qingyan.people.roster.planning import ClassKey, Fate, Plan, Step

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, 1, I and L: a child types it from a blackboard
CODE_LENGTH = 6
IDENTITY = ("name", "sex", "birth_date", "ethnicity", "id_kind", "student_number", "id_number")
STUDENT_COLUMNS = (*IDENTITY, "student_number_index", "id_number_index", "school_class", "state")
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
    "state",
    "demo",
    "created_at",
)
NEW_ENROLMENT = ("id", "student", "school", "school_class", "starts_on")
GUARDIAN_COLUMNS = ("name", "phone", "relation")
NEW_GUARDIAN = ("id", "student", "school", *GUARDIAN_COLUMNS, "position")


def write(plan: Plan, places: dict[ClassKey, int], *, school_id: int, year: SchoolYear, now: datetime) -> int:
    """Do everything that the plan says; returns how many slips became void because their pupil moved."""
    places = places | _open_classes(plan.new_classes, school_id, year)
    today = timezone.localdate(now)
    new = [step for step in plan.steps if step.fate is Fate.NEW]
    touched = [step for step in plan.steps if step.student and step.changes]
    created = _new_students(new, places, school_id, now)
    _change_students(touched, places)
    moved = {step.student: step.row for step in touched if step.student and {"class", "state"} & set(step.changes)}
    Enrolment.objects.filter(student_id__in=list(moved), ends_on__isnull=True).update(ends_on=today)
    _enrol([*created, *moved.items()], places, school_id, today)
    _write_guardians(created, touched, school_id)
    return Slip.objects.filter(student_id__in=list(moved), voided_at__isnull=True).update(voided_at=now)


def _open_classes(keys: Sequence[ClassKey], school_id: int, year: SchoolYear) -> dict[ClassKey, int]:
    codes = _fresh_codes(len(keys))
    classes = [
        SchoolClass(school_id=school_id, school_year=year, grade=grade, number=number, code=code)
        for (grade, number), code in zip(keys, codes, strict=True)
    ]
    return {(one.grade, one.number): one.id for one in SchoolClass.objects.bulk_create(classes)}


def _fresh_codes(count: int) -> list[str]:
    """Class codes that no class of any school has; 31 signs in 6 places leave room for chance to be rare."""
    codes: set[str] = set()
    while len(codes) < count:
        tried = {"".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)) for _ in range(count - len(codes))}
        codes |= tried - set(SchoolClass.objects.filter(code__in=tried).values_list("code", flat=True))
    return sorted(codes, key=lambda code: secrets.randbits(32))[:count]


def _new_students(
    steps: Iterable[Step], places: dict[ClassKey, int], school_id: int, now: datetime
) -> list[tuple[UUID, RosterRow]]:
    """The new pupils' keys with their rows. Values, not instances: there may be a hundred thousand."""
    made = [(uuid4(), step) for step in steps]
    bulk.insert_values(Student, NEW_STUDENT, (_student(key, step, places, school_id, now) for key, step in made))
    return [(key, step.row) for key, step in made]


def _student(key: UUID, step: Step, places: dict[ClassKey, int], school_id: int, now: datetime) -> tuple[Any, ...]:
    """In the order of NEW_STUDENT."""
    row = step.row
    return (
        key,
        school_id,
        _class_of(row, places),
        row.name,
        row.sex or "U",
        row.birth_date,
        row.ethnicity,
        row.id_kind,
        seal_for(Student, "student_number", key, school_id, row.student_number or None),
        step.own.student_number,
        seal_for(Student, "id_number", key, school_id, row.id_number or None),
        step.own.id_number,
        StudentState.ENROLLED,
        False,
        now,
    )


def _change_students(steps: Sequence[Step], places: dict[ClassKey, int]) -> None:
    students = Student.objects.in_bulk([step.student for step in steps])
    for step in steps:
        student = students[step.student]
        for name, value in _identity(step.row).items():
            if name in step.changes:
                setattr(student, name, value)
        student.school_class_id = _class_of(step.row, places)
        if "state" in step.changes:
            student.state = StudentState.ENROLLED
    bulk.update(Student, students.values(), names=STUDENT_COLUMNS)


def _enrol(pupils: Iterable[tuple[UUID, RosterRow]], places: dict[ClassKey, int], school_id: int, today: date) -> None:
    bulk.insert_values(
        Enrolment,
        NEW_ENROLMENT,
        ((uuid4(), pupil, school_id, _class_of(row, places), today) for pupil, row in pupils),
    )


def _write_guardians(created: Sequence[tuple[UUID, RosterRow]], touched: Iterable[Step], school_id: int) -> None:
    """The first guardian; others, which the file does not know, stay."""
    made = {pupil for pupil, _ in created}
    said = {pupil: row for pupil, row in created if row.guardian_name or row.guardian_phone}
    said |= {step.student: step.row for step in touched if step.student and _guardian_changes(step)}
    old = [pupil for pupil in said if pupil not in made]
    there = {one.student_id: one for one in Guardian.objects.filter(student_id__in=old, position=1)}
    new = (_new_guardian(pupil, row, school_id) for pupil, row in said.items() if pupil not in there)
    bulk.insert_values(Guardian, NEW_GUARDIAN, new)
    changed = (_guardian(one, said[pupil]) for pupil, one in there.items())
    bulk.update(Guardian, changed, names=GUARDIAN_COLUMNS)


def _new_guardian(pupil: UUID, row: RosterRow, school_id: int) -> tuple[Any, ...]:
    """In the order of NEW_GUARDIAN."""
    key = uuid4()
    name = seal_for(Guardian, "name", key, school_id, row.guardian_name or None)
    phone = seal_for(Guardian, "phone", key, school_id, row.guardian_phone or None)
    return key, pupil, school_id, name, phone, row.guardian_relation, 1


def _guardian(guardian: Guardian, row: RosterRow) -> Guardian:
    for name in GUARDIAN_COLUMNS:
        if said := getattr(row, f"guardian_{name}"):
            setattr(guardian, name, said)
    return guardian


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


def _class_of(row: RosterRow, places: dict[ClassKey, int]) -> int:
    return places[row.grade, row.class_number]
