"""The one place where a case changes its state: the step of the table, the history, the file, the trail, the event.

Permission is asked by the action that calls; this module checks the table, writes and records.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Min

from qingyan.archives import api as archives
from qingyan.cases.contracts import CaseContent
from qingyan.cases.events import CaseMoved
from qingyan.cases.models import Case, CaseStep, ToDo
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.rules.deadlines import due
from qingyan.cases.rules.pack import CasePack
from qingyan.cases.workflow import CASE, OPEN_STATES, SEALED
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, Permission, permitted_rows
from qingyan.foundation.audit.api import record
from qingyan.foundation.events.api import publish

OPENED, HANDED_OVER = "open", "hand_over"


@dataclass(frozen=True)
class Change:
    """What a step brings along: what the table needs, the level or owner that is new, what the person says."""

    given: Mapping[str, object] = field(default_factory=dict)
    level: str | None = None
    owner: UUID | None = None
    note: str = ""


def held(by: Actor, case_id: UUID, permission: Permission) -> Case:
    """The case, held until the transaction ends, so that two people cannot step at once. Raises NotVisible."""
    rows = Case.objects.select_for_update(of=("self",)).filter(permitted_rows(by, permission), id=case_id)
    case = rows.first()
    if case is None:
        raise NotVisible(permission.code)
    return case


def move(*, case: Case, verb: str, change: Change, by: Actor, now: datetime) -> CaseStep:
    """Take the step `verb` of the table. Raises NotAllowed when it is no step from here or a need is missing."""
    origin = case.state
    case.state = CASE.target(verb=verb, origin=origin, given=dict(change.given))
    _apply(case, change, now)
    case.save(update_fields=["state", "level", "crisis", "owner", "since", "due_at", "next_due_at", "ended_at"])
    return write_step(case=case, verb=verb, origin=origin, note=change.note, by=by, now=now)


def write_step(*, case: Case, verb: str, origin: str, note: str, by: Actor, now: datetime) -> CaseStep:
    """The history's row for what has just happened to the case, with its traces in the file and the trail."""
    step = CaseStep(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        at=now,
        by_id=by.id,
        verb=verb,
        origin=origin,
        target=case.state,
        level=case.level,
        owner_id=case.owner_id,
        due_at=case.due_at,
        note=note or None,
    )
    step.save(force_insert=True)
    _tell_file(case, step)
    record(
        by=by,
        action=f"case.{verb}",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"from": origin, "to": case.state, "level": case.level, "step": step.id, "with_note": bool(note)},
    )
    publish(CaseMoved(case.id, case.school_id, case.student_id, verb, case.state), by=by)
    return step


def refresh(case: Case) -> None:
    """Let the queue know what is due next: the case's own deadline or the earliest open todo."""
    found = ToDo.objects.filter(case_id=case.id, done_at__isnull=True, dropped_at__isnull=True).aggregate(
        at=Min("due_at")
    )
    case.next_due_at = min((at for at in (case.due_at, found["at"]) if at is not None), default=None)


def deadline_of(case: Case, now: datetime) -> datetime | None:
    """When the case must leave its present state, which it entered now."""
    pack = packs.pack(case.pack)
    return due(
        pack,
        state=case.state,
        level=case.level or case.urgency,
        since=now,
        calendar=calendar_of(pack, school_id=case.school_id, now=now),
    )


def _apply(case: Case, change: Change, now: datetime) -> None:
    pack = packs.pack(case.pack)
    if change.owner is not None:
        case.owner_id = change.owner
    if change.level is not None:
        case.level = change.level
    case.crisis = _is_crisis(case, pack)
    case.since, case.due_at = now, deadline_of(case, now)
    if case.state not in OPEN_STATES:
        case.ended_at = now
    refresh(case)


def _is_crisis(case: Case, pack: CasePack) -> bool:
    """By the people's level; before there is one, by the urgency. A flag that was found false leaves none."""
    if not case.level and case.state == SEALED:
        return False
    return pack.level(case.level or case.urgency).crisis


def _tell_file(case: Case, step: CaseStep) -> None:
    titles = {one.verb: one.title for one in CASE.steps} | {OPENED: "建立个案", HANDED_OVER: "更换负责人"}
    archives.add_entry(
        school_id=case.school_id,
        student_id=case.student_id,
        kind=str(archives.EntryKind.CASE),
        at=step.at,
        title=titles[step.verb],
        source=step.id,
        content=CaseContent(str(case.id), case.code, step.verb, step.target, step.level).as_json(),
    )
