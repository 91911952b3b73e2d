"""To-dos of a leave: the monthly contact while away, the review of a return within its days."""

from datetime import datetime, timedelta

from qingyan.cases.actions.moving import refresh
from qingyan.cases.actions.todos import ensure_at
from qingyan.cases.contracts import LEAVE_CONTACT, RETURN_REVIEW
from qingyan.cases.models import Leave, ToDo
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.rules.leave import state_due
from qingyan.cases.workflow import AWAY, EVALUATED
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record

DECIDED = frozenset({"admit", "not_yet", "give_back"})
NO_LONGER_AWAY = frozenset({"return", "drop"})


def after_step(*, leave: Leave, verb: str, by: Actor, now: datetime) -> None:
    """What this step leaves to do, and what it has done."""
    if verb in ("begin", "contact"):
        _done(leave, LEAVE_CONTACT, by=by, now=now)
        every = timedelta(days=packs.leave().contact_every_days)
        key = f"{leave.id.hex}:{now:%m%d}"
        ensure_at(case=leave.case, kind=LEAVE_CONTACT, key=key, due_at=now + every, now=now)
    if verb == "hand_in":
        ensure_at(case=leave.case, kind=RETURN_REVIEW, key=_review_key(leave), due_at=_decided_by(leave), now=now)
    if verb in DECIDED:
        _done(leave, RETURN_REVIEW, by=by, now=now)
    if verb in NO_LONGER_AWAY:
        _done(leave, LEAVE_CONTACT, by=by, now=now)
    refresh(leave.case)
    leave.case.save(update_fields=["next_due_at"])
    record(
        by=by,
        action="leave.todos",
        subject_kind="leave",
        subject_id=leave.id,
        student_id=leave.student_id,
        now=now,
        detail={"state": leave.state, "away": leave.state == AWAY},
    )


def _decided_by(leave: Leave) -> datetime:
    at = leave.handed_in_at or leave.since
    calendar = calendar_of(packs.pack(leave.case.pack), school_id=leave.school_id, now=at)
    return state_due(packs.leave(), EVALUATED, handed_in_at=at, now=at, calendar=calendar) or at


def _review_key(leave: Leave) -> str:
    at = leave.handed_in_at or leave.since
    return f"{leave.id.hex}:{at:%m%d%H%M}"[:40]


def _done(leave: Leave, kind: str, *, by: Actor, now: datetime) -> None:
    rows = ToDo.objects.filter(
        case_id=leave.case_id,
        kind=kind,
        key__startswith=leave.id.hex,
        done_at__isnull=True,
        dropped_at__isnull=True,
    )
    rows.update(done_at=now, done_by_id=by.id)
