"""Leave and return: one verb of the table LEAVE at a time, by whom the table lets, with the clocks of the file.

What the school office does to the register is done in people; here it is only looked at.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from qingyan.cases.actions.leave_todos import after_step
from qingyan.cases.actions.moving import Change, move
from qingyan.cases.models import Case, Leave, LeaveStep
from qingyan.cases.policy import CARRY, CARRY_LEAVE
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.queries.consenting import pupil_for
from qingyan.cases.queries.leaves import permission_of
from qingyan.cases.rules.leave import APPEAL_DECISIONS, is_another, state_due
from qingyan.cases.workflow import ADMITTED, CASE, GRANTED, LEAVE, LEAVE_DECISIONS, OPEN_LEAVE
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, Permission, permitted_rows, require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

FOUND_VERB = "find"
CASE_VERBS = {"begin": "take_leave", "return": "come_back"}
FIELDS = ["state", "since", "due_at", "handed_in_at", "decided_by", "appeal_decided_by", "ended_at"]


class OnLeaveAlready(Exception):
    """A leave of this pupil is under way."""


@dataclass(frozen=True)
class Word:
    """What goes with a step: the words, and the conditions of a return."""

    note: str = field(default="", repr=False)
    conditions: str = field(default="", repr=False)


def held_leave(actor: Actor, leave_id: UUID, permission: Permission) -> Leave:
    """The leave, held until the transaction ends. Raises NotVisible."""
    rows = Leave.objects.select_for_update(of=("self",)).select_related("case")
    found = rows.filter(permitted_rows(actor, permission), id=leave_id).first()
    if found is None:
        raise NotVisible(permission.code)
    return found


def find(*, case: Case, note: str, by: Actor, now: datetime) -> Leave:
    """The first of the four steps: somebody sees that school is too much now. Raises NotVisible, OnLeaveAlready."""
    require(by, CARRY, case)
    leave = Leave(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        guide=packs.leave().name,
        opened_at=now,
        since=now,
        due_at=LEAVE.due(LEAVE.initial, since=now),
    )
    try:
        with transaction.atomic():
            leave.save(force_insert=True)
    except IntegrityError as refusal:
        raise OnLeaveAlready from refusal
    _note(leave, FOUND_VERB, "", Word(note), by=by, now=now)
    return leave


def take_step(*, leave: Leave, verb: str, word: Word, by: Actor, now: datetime) -> Leave:
    """Take one step of the table. Raises NotVisible, NotAllowed."""
    require(by, permission_of(verb), leave)
    origin = leave.state
    leave.state = LEAVE.target(verb=verb, origin=origin, given=_given(leave, verb, word, by))
    if verb == "hand_in":
        leave.handed_in_at, leave.decided_by_id, leave.appeal_decided_by_id = now, None, None
    if verb in ("admit", "not_yet"):
        leave.decided_by_id = by.id
    if verb in APPEAL_DECISIONS:
        leave.appeal_decided_by_id = by.id
    ended = leave.state not in OPEN_LEAVE
    leave.since, leave.ended_at = now, now if ended else None
    leave.due_at = None if ended else _due(leave, now)
    leave.save(update_fields=FIELDS)
    _note(leave, verb, origin, word, by=by, now=now)
    _move_case(leave, verb, word, by=by, now=now)
    after_step(leave=leave, verb=verb, by=by, now=now)
    _tell(leave, by=by, now=now)
    return leave


def _given(leave: Leave, verb: str, word: Word, by: Actor) -> dict[str, object]:
    """What the table may need: words, a decider, another decider, and how the register stands."""
    pupil = pupil_for(leave.school_id, leave)
    state = pupil.state if pupil else ""
    return {
        "note": word.note.strip(),
        "decider": by.id,
        "other_decider": is_another(leave.decided_by_id, by.id),
        "on_leave": state == "on_leave",
        "enrolled": state == "enrolled",
    }


def _due(leave: Leave, now: datetime) -> datetime | None:
    pack = packs.pack(leave.case.pack)
    since = leave.handed_in_at or now
    calendar = calendar_of(pack, school_id=leave.school_id, now=since)
    found = state_due(packs.leave(), leave.state, handed_in_at=leave.handed_in_at, now=now, calendar=calendar)
    return found or LEAVE.due(leave.state, since=now)


def _note(leave: Leave, verb: str, origin: str, word: Word, *, by: Actor, now: datetime) -> None:
    if by.id is None:
        raise NotVisible(CARRY_LEAVE.code)
    LeaveStep(
        leave=leave,
        school_id=leave.school_id,
        student_id=leave.student_id,
        at=now,
        by_id=by.id,
        verb=verb,
        origin=origin,
        target=leave.state,
        note=word.note.strip() or None,
        conditions=word.conditions.strip() or None,
    ).save(force_insert=True)
    record(
        by=by,
        action=f"leave.{verb}",
        subject_kind="leave",
        subject_id=leave.id,
        student_id=leave.student_id,
        now=now,
        detail={"from": origin, "to": leave.state},
    )


def _move_case(leave: Leave, verb: str, word: Word, *, by: Actor, now: datetime) -> None:
    """The case goes along where its own table has the step; elsewhere the panel decides what follows."""
    wanted, case = CASE_VERBS.get(verb), leave.case
    if wanted in {step.verb for step in CASE.steps_from(case.state)}:
        reason = LEAVE.state(leave.state).title
        move(case=case, verb=str(wanted), change=Change(given={"reason": reason}, note=reason), by=by, now=now)


def _tell(leave: Leave, *, by: Actor, now: datetime) -> None:
    """Leaders where a word of theirs is wanted, the office where the register is; everybody else sees it in time."""
    today, school = timezone.localdate(now), leave.school_id
    (place,) = organisations.schools_by_id([school])
    key = f"leave:{leave.id}:{leave.state}:{now:%Y%m%d%H%M}"
    if leave.state in LEAVE_DECISIONS:
        to = people.holders(Role.PRINCIPAL, school_id=school, today=today)
        path = reverse("cases:leave", kwargs={"slug": place.slug, "leave_id": leave.id})
        notifications.notify(to=to, kind="decision_wanted", path=path, by=by, now=now, key=key)
    elif leave.state in (GRANTED, ADMITTED):
        to = people.holders(Role.SCHOOL_ADMIN, school_id=school, today=today)
        path = reverse("people:pupil", kwargs={"slug": place.slug, "student_id": leave.student_id})
        notifications.notify(to=to, kind="task", path=path, by=by, now=now, key=key)
