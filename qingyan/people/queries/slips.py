"""Reads about slips: who of a class has a valid one. Never a code: nobody can read one back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.organisations.api import SchoolClass, classes_of
from qingyan.people.models import Slip, SlipPrint, Student
from qingyan.people.models.student import StudentState
from qingyan.people.policy import MANAGE_SLIPS

KEPT_FOR = timedelta(minutes=30)  # a PDF that nobody fetches


@dataclass(frozen=True)
class ClassSlips:
    """One class of the present year: how many pupils it has and how many of them could sign in now."""

    school_class: SchoolClass
    pupils: int
    valid: int


@dataclass(frozen=True)
class PupilSlip:
    """One line of the class's list; `expires_at` is None without a valid slip."""

    student: UUID
    name: str
    expires_at: datetime | None


def pupils_for_slips(actor: Actor, class_id: int) -> list[Student]:
    """The enrolled pupils of a class, by name."""
    mine = permitted_rows(actor, MANAGE_SLIPS)
    return list(
        Student.objects.filter(mine, school_class_id=class_id, state=StudentState.ENROLLED).order_by("name", "id")
    )


def classes_with_slips(actor: Actor, *, now: datetime) -> list[ClassSlips]:
    """Every class of the present year with its pupils and valid slips; none outside a school."""
    if actor.school_id is None:
        return []
    mine = permitted_rows(actor, MANAGE_SLIPS)
    pupils = Student.objects.filter(mine, state=StudentState.ENROLLED, school_class__isnull=False)
    counts = dict(pupils.values_list("school_class_id").annotate(count=Count("id")))
    valid = dict(Slip.objects.filter(mine, _valid(now)).values_list("school_class_id").annotate(count=Count("id")))
    return [
        ClassSlips(one, counts.get(one.id, 0), valid.get(one.id, 0)) for one in classes_of(actor.school_id, now=now)
    ]


@dataclass(frozen=True)
class PrintState:
    """How a printing of slips stands; `state` is waiting, ready, fetched, expired or empty."""

    id: UUID
    state: str
    classes: int
    slips: int
    mine: bool


def print_of(actor: Actor, print_id: UUID, *, now: datetime) -> PrintState | None:
    """A printing at the actor's school, or None."""
    here = SlipPrint.objects.filter(permitted_rows(actor, MANAGE_SLIPS))
    found = here.defer("pdf").annotate(kept=Q(pdf__isnull=False)).filter(id=print_id).first()
    if found is None:
        return None
    mine = found.asked_by_id == actor.id
    return PrintState(found.id, _print_state(found, now), len(found.classes), found.slips, mine)


def _print_state(found: SlipPrint, now: datetime) -> str:
    if found.made_at is None:
        return "waiting"
    if found.fetched_at is not None:
        return "fetched"
    if not found.slips:
        return "empty"
    return "ready" if found.kept and found.made_at > now - KEPT_FOR else "expired"


def school_class(actor: Actor, class_id: int) -> SchoolClass | None:
    """The class, if it is one of the actor's school."""
    return SchoolClass.objects.filter(permitted_rows(actor, MANAGE_SLIPS), id=class_id).first()


def slips_of_class(actor: Actor, class_id: int, *, now: datetime) -> list[PupilSlip]:
    """Each enrolled pupil of the class with the end of the valid slip."""
    mine = permitted_rows(actor, MANAGE_SLIPS)
    valid = Slip.objects.filter(mine, _valid(now), school_class_id=class_id)
    ends = dict(valid.values_list("student_id", "expires_at"))
    return [PupilSlip(pupil.id, pupil.name, ends.get(pupil.id)) for pupil in pupils_for_slips(actor, class_id)]


def student_for_slip(actor: Actor, class_id: int, student_id: UUID) -> Student | None:
    """The pupil of this class, or None when there is none that the actor may give a slip to."""
    mine = permitted_rows(actor, MANAGE_SLIPS)
    return Student.objects.filter(mine, id=student_id, school_class_id=class_id, state=StudentState.ENROLLED).first()


def _valid(now: datetime) -> Q:
    return Q(voided_at__isnull=True, expires_at__gt=now)
