"""Reads about pupils for the file: finding one by name or class, and who a pupil is over the years."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.people.contracts import EnrolmentLine, Identity, Pupil
from qingyan.people.models import Enrolment, Student
from qingyan.people.queries.pupils import as_pupil


@dataclass(frozen=True)
class Found:
    """Pupils in the order of class and name; counts and slices like a list, so that a paginator can page it."""

    rows: "QuerySet[Student]"

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, part: slice) -> list[Pupil]:
        return [as_pupil(row) for row in self.rows[part]]


def find_pupils(actor: Actor, *, name: str = "", class_id: int | None = None) -> Found:
    """Pupils of the actor's school whose name contains `name`, of one class or of all. Past pupils are found too."""
    rows = Student.objects.filter(school_id=actor.school_id)
    if name:
        rows = rows.filter(name__contains=name)
    if class_id is not None:
        rows = rows.filter(school_class_id=class_id)
    return Found(rows.order_by("school_class__grade", "school_class__number", "name", "id"))


def identity(actor: Actor, student_id: UUID) -> Identity | None:
    """Who a pupil of the actor's school is, or None when the scope shows none."""
    row = Student.objects.filter(school_id=actor.school_id, id=student_id).first()
    if row is None:
        return None
    past = lasting_enrolments(actor, student_id)
    lines = past.select_related("school_class__school_year").order_by("-starts_on")
    return Identity(as_pupil(row), row.ethnicity, tuple(_line(one) for one in lines))


def lasting_enrolments(actor: Actor, student_id: UUID) -> "QuerySet[Enrolment]":
    """The pupil's periods in classes; one that was undone on its own day is none."""
    rows = Enrolment.objects.filter(school_id=actor.school_id, student_id=student_id)
    return rows.exclude(ends_on=F("starts_on"))


def _line(row: Enrolment) -> EnrolmentLine:
    place = row.school_class
    return EnrolmentLine(place.school_year.name, str(place), row.starts_on, row.ends_on)
