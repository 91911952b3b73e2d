"""Reads for the roster import: drafts, their progress, and counts by class. The register: roster_register.py."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows
from qingyan.organisations import api as organisations
from qingyan.people.models import RosterDraft, RosterProgress, Student
from qingyan.people.models.student import StudentState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.roster.planning import ClassKey


@dataclass(frozen=True)
class ClassCount:
    """A class of this school year and how many pupils it has."""

    name: str
    pupils: int


def drafts(actor: Actor) -> QuerySet[RosterDraft]:
    """The drafts of the actor's school, newest first, without their sealed rows."""
    rows = RosterDraft.objects.filter(permitted_rows(actor, IMPORT_ROSTER), school_id=actor.school_id)
    return rows.defer("file", "problems").select_related("uploaded_by").order_by("-uploaded_at", "id")


def draft(actor: Actor, draft_id: UUID) -> RosterDraft:
    """One draft with its rows. Raises NotVisible."""
    rows = RosterDraft.objects.filter(permitted_rows(actor, IMPORT_ROSTER), school_id=actor.school_id)
    found = rows.select_related("uploaded_by", "school").filter(pk=draft_id).first()
    if found is None:
        raise NotVisible("roster draft")
    return found


def progress(draft: RosterDraft) -> RosterProgress | None:
    """How far the work on a draft is, or None when there was none in the background."""
    return RosterProgress.objects.filter(draft_id=draft.pk).first()


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


def _school(actor: Actor) -> int:
    if actor.school_id is None:
        raise NotVisible("no school")
    return actor.school_id
