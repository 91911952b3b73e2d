"""Reads about pupils for other domains: the rows that the entered scope shows, as contracts.Pupil."""

from collections.abc import Collection
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.people.contracts import Pupil
from qingyan.people.models import Student
from qingyan.people.models.student import StudentState

# What a contract shows. The sealed numbers stay closed: opening them for a school of 2,700 costs half a second.
OF_A_PUPIL = ("id", "school_id", "school_class_id", "name", "sex", "birth_date", "state")


def pupil(actor: Actor, student_id: UUID) -> Pupil | None:
    """One pupil of the actor's school, or None when the actor's scope shows none."""
    return next(iter(pupils(actor, [student_id]).values()), None)


def pupils(actor: Actor, ids: Collection[UUID]) -> dict[UUID, Pupil]:
    """Pupils of the actor's school by id; those out of sight are left out."""
    rows = Student.objects.only(*OF_A_PUPIL).filter(school_id=actor.school_id, id__in=ids)
    return {row.id: as_pupil(row) for row in rows}


def pupils_of_class(actor: Actor, class_id: int) -> list[Pupil]:
    """The enrolled pupils of a class of the actor's school, by name."""
    rows = Student.objects.only(*OF_A_PUPIL).filter(
        school_id=actor.school_id, school_class_id=class_id, state=StudentState.ENROLLED
    )
    return [as_pupil(row) for row in rows.order_by("name", "id")]


def pupils_of_classes(actor: Actor, class_ids: Collection[int]) -> list[Pupil]:
    """The enrolled pupils of several classes of the actor's school, in one statement, by class and name."""
    here = Student.objects.only(*OF_A_PUPIL).filter(school_id=actor.school_id, state=StudentState.ENROLLED)
    rows = here.filter(school_class_id__in=class_ids).order_by("school_class_id", "name", "id")
    return [as_pupil(row) for row in rows]


def sexes(actor: Actor) -> dict[UUID, str]:
    """The sex of every pupil with a file at the actor's school, for counting; no name."""
    return dict(Student.objects.filter(school_id=actor.school_id).values_list("id", "sex"))


def present(actor: Actor) -> list[tuple[UUID, int, str]]:
    """Id, grade and sex of every enrolled pupil of the actor's school who is in a class, for counting; no name."""
    rows = Student.objects.filter(school_id=actor.school_id, state=StudentState.ENROLLED, school_class__isnull=False)
    return list(rows.values_list("id", "school_class__grade", "sex"))


def as_pupil(student: Student) -> Pupil:
    """The contract of a row."""
    return Pupil(
        id=student.id,
        school=student.school_id,
        school_class=student.school_class_id,
        name=student.name,
        masked_name=student.masked_name,
        sex=student.sex,
        birth_date=student.birth_date,
        state=student.state,
    )
