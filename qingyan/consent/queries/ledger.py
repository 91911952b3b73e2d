"""The ledger of one pupil, newest first: what guardians said and, apart from it, what the pupil said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from qingyan.consent.models import AssentEntry, ConsentEntry
from qingyan.consent.models.ledger import WAYS, WORDS
from qingyan.consent.queries.purposes import purposes
from qingyan.consent.rules.words import Way, Word
from qingyan.foundation.access.actor import Actor
from qingyan.people.api import staff_names


@dataclass(frozen=True)
class Line:
    """One line; `who`: the relation or empty, `keyed_by`: who keyed it in from paper or empty."""

    purpose: str
    word: str
    who: str
    text: str
    way: str
    on: date | datetime
    keyed_by: str


def guardians_words(actor: Actor, student: UUID) -> QuerySet[ConsentEntry]:
    """What guardians said."""
    rows = ConsentEntry.objects.filter(school_id=actor.school_id, student_id=student)
    return rows.select_related("text").order_by("-recorded_at", "purpose")


def own_words(actor: Actor, student: UUID) -> QuerySet[AssentEntry]:
    """What the pupil said."""
    rows = AssentEntry.objects.filter(school_id=actor.school_id, student_id=student)
    return rows.select_related("text").order_by("-recorded_at", "purpose")


def guardian_lines(entries: Sequence[ConsentEntry]) -> list[Line]:
    """As the page shows them; the names of those who keyed in come with one statement."""
    names = staff_names({entry.recorded_by_id for entry in entries if entry.recorded_by_id})
    return [
        Line(
            purpose=purposes()[entry.purpose].title,
            word=str(WORDS[Word(entry.word)]),
            who=entry.get_relation_display(),
            text=str(entry.text),
            way=str(WAYS[Way(entry.way)]),
            on=entry.said_on,
            keyed_by=names.get(entry.recorded_by_id, "") if entry.recorded_by_id else "",
        )
        for entry in entries
    ]


def own_lines(entries: Sequence[AssentEntry]) -> list[Line]:
    """As the page shows them."""
    return [
        Line(
            purpose=purposes()[entry.purpose].title,
            word=str(WORDS[Word(entry.word)]),
            who="",
            text=str(entry.text) if entry.text else "",
            way="",
            on=entry.recorded_at,
            keyed_by="",
        )
        for entry in entries
    ]
