"""Reads of a pupil's file. Opening one is recorded first (actions.open_file); these functions only fetch."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from qingyan.archives.contracts import EntryFacts
from qingyan.archives.models import Entry, SealedSource
from qingyan.archives.policy import READ_FILE
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows

MOST_ENTRIES = 500  # a school life of twelve years has fewer


@dataclass(frozen=True)
class FileSize:
    """How much is in a file, for the list of files."""

    entries: int
    newest: object


def entries_of(actor: Actor, student_id: UUID) -> list[EntryFacts]:
    """The entries of one pupil, the newest first; without what was sealed as false."""
    rows = _visible(actor).filter(student_id=student_id).order_by("-at", "-id")
    return [
        EntryFacts(row.kind, row.at, row.title, row.source, row.student_id, row.content) for row in rows[:MOST_ENTRIES]
    ]


def sizes(actor: Actor, student_ids: list[UUID]) -> dict[UUID, FileSize]:
    """For each of these pupils: how many entries, and when the newest was made. One query."""
    rows = _visible(actor).filter(student_id__in=student_ids)
    counted = rows.values("student_id").annotate(entries=Count("id"), newest=Max("at"))
    return {row["student_id"]: FileSize(row["entries"], row["newest"]) for row in counted}


def contents_by_source(actor: Actor, kind: str, sources: list[UUID]) -> dict[UUID, dict]:
    """Contents of entries of one kind by their source; sources without an entry are left out. One query."""
    rows = _visible(actor).filter(kind=kind, source__in=sources)
    return dict(rows.values_list("source", "content"))


def _visible(actor: Actor) -> "QuerySet[Entry]":
    sealed = SealedSource.objects.filter(source=OuterRef("source"), student=OuterRef("student"))
    return Entry.objects.filter(permitted_rows(actor, READ_FILE), ~Exists(sealed))
