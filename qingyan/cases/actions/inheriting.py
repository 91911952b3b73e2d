"""Sealed papers find a successor: process notes and mandatory reports, when their people are here no more (ADR 0035).

Whoever carries the case opens what was left behind, with a reason and a trace; an author who is here gives the own
notes with the handover. Rows are let in by their own readers' scope, so nothing is read on the way.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.cases.models import Case, MandatoryRecord, MandatoryResult, ProcessNote
from qingyan.cases.policy import ANSWER_HANDOVER, CARRY
from qingyan.cases.queries.predecessors import gone_from
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.people import api as people

LENT = frozenset({Sight.NOTES, Sight.MANDATORY})
PURPOSE = "hand sealed papers to a successor"


@dataclass(frozen=True)
class Opened:
    """How many process notes and mandatory reports this opening let in."""

    notes: int
    reports: int


def open_sealed(*, case: Case, reason: str, by: Actor, now: datetime) -> Opened:
    """Whoever carries the case reads what people left who hold no post here any more. Raises NotVisible, NotAllowed."""
    require(by, CARRY, case)
    if by.id is None:
        raise NotVisible(CARRY.code)
    if not reason.strip():
        raise NotAllowed("case: sealed papers are opened with a reason")
    here = {account for account, _name in people.colleagues(by, timezone.localdate(now))}
    notes = reports = 0
    for author in gone_from(case, here):
        notes += _let_in_notes(case, author, by.id)
        reports += _let_in_reports(case, author, by.id, here)
    detail = {"reason": reason.strip()[:200], "notes": notes, "reports": reports}
    _record("case.sealed_papers_opened", case, detail, by=by, now=now)
    return Opened(notes, reports)


def hand_notes(*, case: Case, author: UUID, heir: UUID, by: Actor, now: datetime) -> int:
    """The author's own process notes of the case, with a handover that the heir has accepted. Raises NotVisible."""
    require(by, ANSWER_HANDOVER)
    if heir != by.id:
        raise NotVisible(ANSWER_HANDOVER.code)
    count = _let_in_notes(case, author, heir)
    _record("case.notes_handed", case, {"author": author, "notes": count}, by=by, now=now)
    return count


@contextmanager
def _as_reader(case: Case, reader: UUID) -> Iterator[None]:
    """The scope in which this person's rows can be changed; the columns that may be changed are the readers alone."""
    lent = system_actor(school_id=case.school_id, sight=LENT, purpose=PURPOSE)
    with entered(replace(lent, id=reader)):
        yield


def _let_in_notes(case: Case, author: UUID, heir: UUID) -> int:
    with _as_reader(case, author):
        rows = ProcessNote.objects.filter(counselling__case_id=case.id, by_id=author).exclude(heirs__contains=[heir])
        found = list(rows.values_list("id", "heirs"))
        for key, heirs in found:
            ProcessNote.objects.filter(id=key).update(heirs=[*heirs, heir])
    return len(found)


def _let_in_reports(case: Case, reader: UUID, heir: UUID, here: Collection[UUID]) -> int:
    """Only reports of whose circle nobody is here: where somebody is, that person answers for the circle."""
    with _as_reader(case, reader):
        rows = MandatoryRecord.objects.filter(case_id=case.id, readers__contains=[reader])
        left = [(key, who) for key, who in rows.values_list("id", "readers") if not set(who) & {*here}]
        for key, who in left:
            MandatoryResult.objects.filter(record_id=key).update(readers=[*who, heir])
            MandatoryRecord.objects.filter(id=key).update(readers=[*who, heir])
    return len(left)


def _record(action: str, case: Case, detail: dict, *, by: Actor, now: datetime) -> None:
    subject = {"subject_kind": "case", "subject_id": case.id, "student_id": case.student_id}
    record(by=by, action=action, now=now, detail=detail, **subject)
