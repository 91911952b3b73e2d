"""Reads for the roster import: the school's register as values for planning, drafts, and counts by class."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows
from qingyan.foundation.crypto.api import index_for, open_for
from qingyan.organisations import api as organisations
from qingyan.people.models import Guardian, RosterDraft, Student
from qingyan.people.models.student import StudentState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.roster.outcome import RosterRow
from qingyan.people.roster.planning import ClassKey, Known, Numbers

GONE = (StudentState.LEFT, StudentState.GRADUATED)
SAME_COLUMNS = ("id", "name", "sex", "birth_date", "ethnicity", "id_kind", "student_number_index", "id_number_index")
KNOWN_COLUMNS = (*SAME_COLUMNS, "school_class_id", "state")
Contact = tuple[str, str, str]


@dataclass(frozen=True)
class ClassCount:
    """A class of this school year and how many pupils it has."""

    name: str
    pupils: int


def drafts(actor: Actor) -> QuerySet[RosterDraft]:
    """The drafts of the actor's school, newest first, without their sealed rows."""
    rows = RosterDraft.objects.filter(permitted_rows(actor, IMPORT_ROSTER), school_id=actor.school_id)
    return rows.defer("rows", "problems").select_related("uploaded_by").order_by("-uploaded_at", "id")


def draft(actor: Actor, draft_id: UUID) -> RosterDraft:
    """One draft with its rows. Raises NotVisible."""
    rows = RosterDraft.objects.filter(permitted_rows(actor, IMPORT_ROSTER), school_id=actor.school_id)
    found = rows.select_related("uploaded_by", "school").filter(pk=draft_id).first()
    if found is None:
        raise NotVisible("roster draft")
    return found


def class_counts(actor: Actor, *, now: datetime) -> list[ClassCount]:
    """The classes of this school year with their enrolled pupils; a class without pupils counts zero."""
    here = Student.objects.filter(school_id=actor.school_id, state=StudentState.ENROLLED)
    counts = dict(here.values_list("school_class_id").annotate(count=Count("id")).order_by())
    classes = organisations.classes_of(_school(actor), now=now)
    return [ClassCount(name=str(one), pupils=counts.get(one.id, 0)) for one in classes]


def pupils_without_class(actor: Actor, *, now: datetime) -> int:
    """Enrolled pupils whose class is none of this school year's: last year's, or none at all."""
    classes = [one.id for one in organisations.classes_of(_school(actor), now=now)]
    here = Student.objects.filter(school_id=actor.school_id, state=StudentState.ENROLLED)
    return here.exclude(school_class_id__in=classes).count()


def class_ids(school_id: int, *, now: datetime) -> dict[ClassKey, int]:
    """The classes of this school year: (grade, number) to id."""
    return {(one.grade, one.number): one.id for one in organisations.classes_of(school_id, now=now)}


def register(school_id: int, places: dict[ClassKey, int], *, with_guardians: bool) -> list[Known]:
    """Every pupil whom the school ever had, as planning wants them. The scope must show identity (and contacts)."""
    place_of = {class_id: key for key, class_id in places.items()}
    guardians = _first_guardians(school_id) if with_guardians else {}
    rows = Student.objects.filter(school_id=school_id).order_by("name", "id").values(*KNOWN_COLUMNS)
    return [_known(row, place_of, guardians) for row in rows]


def numbers(rows: Iterable[RosterRow], school_id: int) -> list[Numbers]:
    """The keyed hashes by which pupils are known, row by row."""
    return [
        Numbers(
            student_number=index_for(Student, "student_number_index", school_id, row.student_number),
            id_number=index_for(Student, "id_number_index", school_id, row.id_number),
        )
        for row in rows
    ]


def _known(row: dict[str, Any], place_of: dict[int, ClassKey], guardians: dict[UUID, Contact]) -> Known:
    return Known(
        **{name: row[name] for name in SAME_COLUMNS},
        place=place_of.get(row["school_class_id"]),
        class_id=row["school_class_id"],
        here=row["state"] not in GONE,
        merged=row["state"] == StudentState.MERGED,
        guardian=guardians.get(row["id"], ("", "", "")),
    )


def _school(actor: Actor) -> int:
    if actor.school_id is None:
        raise NotVisible("no school")
    return actor.school_id


def _first_guardians(school_id: int) -> dict[UUID, Contact]:
    rows = Guardian.objects.filter(school_id=school_id, position=1)
    return {
        student_id: (
            open_for(Guardian, "name", guardian_id, school_id, name) or "",
            open_for(Guardian, "phone", guardian_id, school_id, phone) or "",
            relation,
        )
        for student_id, guardian_id, name, phone, relation in rows.values_list(
            "student_id", "id", "name", "phone", "relation"
        )
    }
