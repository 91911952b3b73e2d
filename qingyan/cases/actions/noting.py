"""Counselling notes are appended: a talk with its two notes, and later versions of either beside the earlier ones."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from qingyan.cases.models import Case, Counselling, ProcessNote, TeamSummary
from qingyan.cases.models.note import Way
from qingyan.cases.policy import CARRY, READ_NOTES, WRITE_NOTES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record

LONGEST_MINUTES = 600


class Unfit(Exception):
    """A time in the future, no length, or nothing written; its text is a code."""


@dataclass(frozen=True)
class Held:
    """The talk: when, how long, where; `process` for the author alone, `summary` for the counsellors of the school."""

    at: datetime
    minutes: int
    way: str
    summary: str = field(repr=False)
    process: str = field(default="", repr=False)


def note_counselling(*, case: Case, held: Held, by: Actor, now: datetime) -> Counselling:
    """Append one talk with its notes. Raises NotVisible, Unfit."""
    require(by, CARRY, case)
    if by.id is None:
        raise NotVisible(CARRY.code)
    if held.at > now or not 1 <= held.minutes <= LONGEST_MINUTES or held.way not in Way.values:
        raise Unfit("held")
    if not held.summary.strip():
        raise Unfit("summary")
    last = Counselling.objects.filter(case_id=case.id).aggregate(last=Max("number"))["last"] or 0
    row = Counselling(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        number=last + 1,
        held_at=held.at,
        minutes=held.minutes,
        way=held.way,
        by_id=by.id,
        recorded_at=now,
    )
    row.save(force_insert=True)
    _append(TeamSummary, row, held.summary, version=1, by=by.id, now=now)
    if held.process.strip():
        _append(ProcessNote, row, held.process, version=1, by=by.id, now=now)
    _recorded("counselling.noted", row, {"number": row.number}, by=by, now=now)
    return row


def correct(*, counselling_id: UUID, summary: str, process: str, by: Actor, now: datetime) -> Counselling:
    """New versions of what is not empty, by whoever held the talk. Raises NotVisible, Unfit."""
    rows = Counselling.objects.filter(permitted_rows(by, WRITE_NOTES), id=counselling_id)
    row = rows.first()
    if row is None or by.id is None:
        raise NotVisible(WRITE_NOTES.code)
    if not summary.strip() and not process.strip():
        raise Unfit("nothing")
    changed: dict[str, int] = {}
    for model, text in ((TeamSummary, summary), (ProcessNote, process)):
        if text.strip():
            last = model.objects.filter(counselling_id=row.id).aggregate(last=Max("version"))["last"] or 0
            _append(model, row, text, version=last + 1, by=by.id, now=now)
            changed[model._meta.model_name or ""] = last + 1
    _recorded("counselling.corrected", row, changed, by=by, now=now)
    return row


def open_notes(*, case_id: UUID, by: Actor, now: datetime) -> Case:
    """The case whose counselling notes are about to be shown to a counsellor of the school. Raises NotVisible."""
    case = Case.objects.filter(permitted_rows(by, READ_NOTES), id=case_id).first()
    if case is None:
        raise NotVisible(READ_NOTES.code)
    own = Counselling.objects.filter(case_id=case.id, by_id=by.id).count()
    record(
        by=by,
        action="counselling.read",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"own_process_notes": own},
    )
    return case


def _append(
    model: type[TeamSummary | ProcessNote], row: Counselling, text: str, *, version: int, by: UUID, now: datetime
) -> None:
    note = model(
        counselling=row,
        school_id=row.school_id,
        student_id=row.student_id,
        version=version,
        by_id=by,
        at=now,
        text=text.strip(),
    )
    note.save(force_insert=True)


def _recorded(action: str, row: Counselling, detail: dict, *, by: Actor, now: datetime) -> None:
    record(
        by=by,
        action=action,
        subject_kind="counselling",
        subject_id=row.id,
        student_id=row.student_id,
        now=now,
        detail=detail,
    )
