"""The pupils of a school as a roster for other systems: who they are, in which class, since when. Nothing else."""

from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School, SchoolYear
from qingyan.people.models import Enrolment, Student
from qingyan.people.models.student import StudentState
from qingyan.people.policy import EXPORT_ROSTER
from qingyan.people.roster.oneroster.writing import ClassLine, Place, PupilLine

COLUMNS = (
    *("id", "school_id", "school_class_id", "name", "sex", "birth_date", "ethnicity"),
    *("id_kind", "id_number", "student_number"),
)


def place_of(school: School, year: SchoolYear) -> Place:
    """The school and the year as a set names them."""
    return Place(school.slug, school.name, year.name, year.starts_on, year.ends_on)


def class_lines(actor: Actor, *, now: datetime) -> list[ClassLine]:
    """The classes of this school year."""
    found = organisations.classes_of(actor.school_id or 0, now=now)
    return [ClassLine(class_key(one.id), str(one), one.grade) for one in found]


def pupil_lines(actor: Actor, *, now: datetime) -> list[PupilLine]:
    """The enrolled pupils of these classes, by class and name, in two queries."""
    classes = [one.id for one in organisations.classes_of(actor.school_id or 0, now=now)]
    rows = Student.objects.filter(
        permitted_rows(actor, EXPORT_ROSTER), school_class_id__in=classes, state=StudentState.ENROLLED
    )
    since = dict(
        Enrolment.objects.filter(school_class_id__in=classes, ends_on__isnull=True).values_list(
            "student_id", "starts_on"
        )
    )
    ordered = rows.only(*COLUMNS).order_by("school_class_id", "name", "id")
    return [_line(one, since) for one in ordered.iterator(chunk_size=2000)]


def class_key(class_id: int) -> str:
    """How a set names a class."""
    return f"class-{class_id}"


def _line(one: Student, since: dict) -> PupilLine:
    return PupilLine(
        key=str(one.id),
        name=one.name,
        sex=one.sex,
        birth_date=one.birth_date,
        ethnicity=one.ethnicity,
        class_key=class_key(one.school_class_id),
        student_number=one.student_number or "",
        id_kind=one.id_kind,
        id_number=one.id_number or "",
        since=since.get(one.id),
    )
