"""Writes the pupils of one demo school: identity, enrolment, guardians, slips. Runs in the scope of that school."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from qingyan.demo.numbers import student_number
from qingyan.demo.roll import ClassPlan, PupilPlan
from qingyan.organisations.models import SchoolClass
from qingyan.people.actions.slips import code_hash
from qingyan.people.models import Enrolment, Guardian, Slip, Student

ID_KIND = "居民身份证"
Member = tuple[PupilPlan, SchoolClass]


def enrol(members: Iterable[Member]) -> None:
    """Write these pupils of one school. Its scope must be entered."""
    pupils = list(members)
    Student.objects.bulk_create(_student(plan, school_class) for plan, school_class in pupils)
    Enrolment.objects.bulk_create(
        Enrolment(
            student_id=plan.id,
            school_id=school_class.school_id,
            school_class=school_class,
            starts_on=school_class.school_year.starts_on,
        )
        for plan, school_class in pupils
    )
    Guardian.objects.bulk_create(guardian for member in pupils for guardian in _guardians(*member))


def members(roll: Iterable[ClassPlan], classes: dict[tuple[int, int], SchoolClass]) -> Iterator[Member]:
    """Every pupil of the roll beside the class that was written for them."""
    for plan in roll:
        for pupil in plan.pupils:
            yield pupil, classes[plan.grade, plan.number]


def _student(plan: PupilPlan, school_class: SchoolClass) -> Student:
    return Student(
        id=plan.id,
        school_id=school_class.school_id,
        school_class=school_class,
        name=plan.name,
        sex=plan.sex,
        birth_date=plan.born,
        ethnicity=plan.ethnicity,
        student_number=student_number(plan.id_number),
        id_kind=ID_KIND,
        id_number=plan.id_number,
        demo=True,
    )


def _guardians(plan: PupilPlan, school_class: SchoolClass) -> Iterator[Guardian]:
    for position, guardian in enumerate(plan.guardians, start=1):
        yield Guardian(
            id=guardian.id,
            student_id=plan.id,
            school_id=school_class.school_id,
            name=guardian.name,
            phone=guardian.phone,
            relation=guardian.relation,
            position=position,
        )


def hand_out_slips(members: Iterable[Member], *, issued_at: datetime, expires_at: datetime) -> None:
    """Write a slip with the planned code for each of these pupils of one school. Its scope must be entered."""
    Slip.objects.bulk_create(
        Slip(
            student_id=plan.id,
            school_id=school_class.school_id,
            school_class=school_class,
            code_hash=code_hash(class_id=school_class.id, code=plan.slip_code),
            issued_at=issued_at,
            expires_at=expires_at,
        )
        for plan, school_class in members
    )
