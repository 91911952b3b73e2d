"""Counselling notes of a case, version beside version; opening them has been recorded (actions/noting.py).

What the process notes are is decided by the database: this module asks for all, and gets the reader's own.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from qingyan.cases.models import Case, Counselling, ProcessNote, TeamSummary
from qingyan.cases.policy import WRITE_NOTES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, allowed, permitted_rows
from qingyan.foundation.access.visibility import sees


@dataclass(frozen=True)
class NotesOf:
    """One talk with every version of both notes, the newest first."""

    held: Counselling
    summaries: list[TeamSummary]
    process: list[ProcessNote]
    own: bool


def counsellings_of(case: Case) -> "QuerySet[Counselling]":
    """The talks of the case, the newest first."""
    return Counselling.objects.filter(case_id=case.id).select_related("by").order_by("-number")


def notes_of(actor: Actor, talks: list[Counselling]) -> list[NotesOf]:
    """These talks with their notes. Two queries."""
    ids = [one.id for one in talks]
    summaries = _by_talk(TeamSummary.objects.filter(counselling_id__in=ids).select_related("by"))
    process = _by_talk(ProcessNote.objects.filter(counselling_id__in=ids).select_related("by"))
    return [_notes(actor, one, summaries.get(one.id, []), process.get(one.id, [])) for one in talks]


def _notes(actor: Actor, held: Counselling, summaries: list[TeamSummary], process: list[ProcessNote]) -> NotesOf:
    own = allowed(actor, WRITE_NOTES, held)
    related = {"wrote"} if own else set()
    related |= {"inherits"} if any(actor.id in one.heirs for one in process) else set()
    return NotesOf(
        held,
        summaries if sees(actor, "note.summary", {"school"}) else [],
        process if sees(actor, "note.process", related) else [],
        own,
    )


def own_counselling(actor: Actor, counselling_id: UUID) -> Counselling:
    """The talk that this person held and may correct. Raises NotVisible."""
    rows = Counselling.objects.select_related("case").filter(permitted_rows(actor, WRITE_NOTES), id=counselling_id)
    found = rows.first()
    if found is None:
        raise NotVisible(WRITE_NOTES.code)
    return found


def _by_talk(rows) -> dict:
    found: dict = {}
    for row in rows.order_by("-version"):
        found.setdefault(row.counselling_id, []).append(row)
    return found
