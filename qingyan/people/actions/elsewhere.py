"""A row of a roster that means a pupil of another school: looked up, and asked for instead of a second file (ADR 0011).

The look tells that there is such a pupil at some school of the city, nothing else. Every look is in the trail, with how
many were asked for and found; the request goes to the other school like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.people.actions import transfers
from qingyan.people.contracts import AskedPerson
from qingyan.people.models import Transfer
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.queries import elsewhere as queries
from qingyan.people.roster.outcome import RosterRow
from qingyan.people.rules.city_identity import numbers_to_ask

MOST_A_FILE = 5000  # pupils unknown here; more than the biggest school takes in at once


@dataclass(frozen=True)
class Looked:
    """The lines whose pupil is at another school, and how many rows nobody was asked about."""

    lines: dict[int, UUID]
    unasked: int = 0


def look(*, rows: Sequence[RosterRow], by: Actor, now: datetime) -> Looked:
    """Which of these new pupils are at another school. Beyond the bound nothing is asked, and `unasked` says so."""
    require(by, IMPORT_ROSTER)
    asked = {
        row.line: mark for row in rows[:MOST_A_FILE] if (mark := queries.mark_of(row.id_number, row.student_number))
    }
    if not asked:
        return Looked({}, len(rows[MOST_A_FILE:]))
    try:
        found = queries.tokens(asked.values())
    except queries.NotAnswered:
        _note(by, asked=len(asked), found=0, answered=False, now=now)
        return Looked({}, len(rows))
    _note(by, asked=len(asked), found=len(found), answered=True, now=now)
    lines = {line: found[mark] for line, mark in asked.items() if mark in found}
    return Looked(lines, len(rows[MOST_A_FILE:]))


def claim(*, row: RosterRow, token: UUID, by: Actor, now: datetime) -> Transfer | None:
    """Ask the pupil's school for the pupil; None when they are at no other school any more. Raises NotVisible."""
    require(by, IMPORT_ROSTER)
    school_id = queries.school_behind(token)
    if school_id is None:
        return None
    id_number, student_number = numbers_to_ask(row.id_number, row.student_number)
    person = AskedPerson(row.name, row.sex, row.birth_date, id_number=id_number, student_number=student_number)
    return transfers.ask(person=person, from_school_id=school_id, by=by, now=now, by_number=True)


def _note(by: Actor, *, asked: int, found: int, answered: bool, now: datetime) -> None:
    record(
        by=by,
        action="roster.looked_elsewhere",
        subject_kind="school",
        subject_id=by.school_id,
        detail={"asked": asked, "found": found, "answered": answered},
        now=now,
    )
