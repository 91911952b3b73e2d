"""The school administrator's list of files: identity and state, never what a file holds."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School, SchoolClass
from qingyan.people.models import Enrolment, SchoolingStep, Student
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries.files import lasting_enrolments


def files(actor: Actor, *, name: str = "", class_id: int | None = None, state: str = "") -> "QuerySet[Student]":
    """The files of the actor's school that fit, by class and name."""
    rows = Student.objects.filter(permitted_rows(actor, MANAGE_FILES)).select_related("school_class")
    if name:
        rows = rows.filter(name__contains=name)
    if class_id is not None:
        rows = rows.filter(school_class_id=class_id)
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("school_class__grade", "school_class__number", "name", "id")


def file_of(actor: Actor, student_id: UUID) -> Student | None:
    """One file of the actor's school, or None."""
    return files(actor).filter(id=student_id).first()


def enrolments(actor: Actor, student_id: UUID) -> "QuerySet[Enrolment]":
    """The pupil's periods in classes, the newest first."""
    rows = lasting_enrolments(actor, student_id)
    return rows.select_related("school_class__school_year", "school_class__school").order_by("-starts_on")


def steps(actor: Actor, student_id: UUID) -> "QuerySet[SchoolingStep]":
    """The steps of the pupil's schooling, the newest first."""
    rows = SchoolingStep.objects.filter(school_id=actor.school_id, student_id=student_id)
    return rows.select_related("by").order_by("-at")


def classes(actor: Actor, *, now: datetime) -> list[SchoolClass]:
    """The classes of the present year at the actor's school."""
    return organisations.classes_of(actor.school_id, now=now) if actor.school_id else []


def other_schools(actor: Actor) -> list[School]:
    """Every open school but the actor's own, with its district."""
    return [school for school in organisations.all_schools() if school.opened and school.id != actor.school_id]
