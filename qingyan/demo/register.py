"""Writes the pupils of one demo school: identity, enrolment, guardians, slips. Runs in the scope of that school."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from qingyan.demo.numbers import student_number
from qingyan.demo.roll import ClassPlan, PupilPlan
from qingyan.foundation.database.bulk import insert
from qingyan.organisations.models import SchoolClass
from qingyan.people.actions.slips import code_hash
from qingyan.people.models import Enrolment, Guardian, Slip, Student
from qingyan.people.models.student import StudentState

ID_KIND = "居民身份证"
Member = tuple[PupilPlan, SchoolClass]


def enrol(members: Iterable[Member]) -> None:
    """Write these pupils of one school. Its scope must be entered."""
    pupils = list(members)
    insert(
        Student,
        (
            _student(plan, school_class, school_class.school_id, str(StudentState.ENROLLED))
            for plan, school_class in pupils
        ),
    )
    insert(
        Enrolment,
        (_enrolment(plan, school_class, until=None) for plan, school_class in pupils),
    )
    insert(Guardian, (guardian for plan, place in pupils for guardian in _guardians(plan, place.school_id)))


def remember(roll: Iterable[ClassPlan], classes: dict[tuple[int, int], SchoolClass], *, skip: frozenset[UUID]) -> None:
    """Write the ended enrolments of last school year for the pupils of this roll but `skip`."""
    insert(
        Enrolment,
        (
            _enrolment(pupil, school_class, until=school_class.school_year.ends_on)
            for pupil, school_class in members(roll, classes)
            if pupil.id not in skip
        ),
    )


def keep_former(
    members: Sequence[tuple[PupilPlan, SchoolClass | None]], *, state: str, school_id: int, until: date | None
) -> None:
    """Write the files of pupils who are no longer here, with the enrolment of their last class where it is known."""
    insert(Student, (_student(plan, None, school_id, state) for plan, _ in members))
    insert(Enrolment, (_enrolment(plan, place, until=until) for plan, place in members if place))
    insert(Guardian, (guardian for plan, _ in members for guardian in _guardians(plan, school_id)))


def _enrolment(plan: PupilPlan, school_class: SchoolClass, *, until: date | None) -> Enrolment:
    return Enrolment(
        student_id=plan.id,
        school_id=school_class.school_id,
        school_class=school_class,
        starts_on=school_class.school_year.starts_on,
        ends_on=until,
    )


def members(roll: Iterable[ClassPlan], classes: dict[tuple[int, int], SchoolClass]) -> Iterator[Member]:
    """Every pupil of the roll beside the class that was written for them."""
    for plan in roll:
        for pupil in plan.pupils:
            yield pupil, classes[plan.grade, plan.number]


def _student(plan: PupilPlan, school_class: SchoolClass | None, school_id: int, state: str) -> Student:
    return Student(
        id=plan.id,
        school_id=school_id,
        school_class=school_class,
        state=state,
        name=plan.name,
        sex=plan.sex,
        birth_date=plan.born,
        ethnicity=plan.ethnicity,
        student_number=student_number(plan.id_number),
        id_kind=ID_KIND,
        id_number=plan.id_number,
        demo=True,
    )


def _guardians(plan: PupilPlan, school_id: int) -> Iterator[Guardian]:
    for position, guardian in enumerate(plan.guardians, start=1):
        yield Guardian(
            id=guardian.id,
            student_id=plan.id,
            school_id=school_id,
            name=guardian.name,
            phone=guardian.phone,
            relation=guardian.relation,
            position=position,
        )


def hand_out_slips(members: Iterable[Member], *, issued_at: datetime, expires_at: datetime) -> None:
    """Write a slip with the planned code for each of these pupils of one school. Its scope must be entered."""
    insert(
        Slip,
        (
            Slip(
                student_id=plan.id,
                school_id=school_class.school_id,
                school_class=school_class,
                code_hash=code_hash(class_id=school_class.id, code=plan.slip_code),
                issued_at=issued_at,
                expires_at=expires_at,
            )
            for plan, school_class in members
        ),
    )
