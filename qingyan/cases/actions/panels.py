"""The panel: called together, held, and answered by the school's leader. Only then does a level enter the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from qingyan.cases.actions.levelling import begin_care, plan_follow_ups
from qingyan.cases.actions.moving import Change, move
from qingyan.cases.actions.sealing import NotYet
from qingyan.cases.actions.todos import drop_all
from qingyan.cases.contracts import CONTACT, FOLLOW_UP
from qingyan.cases.models import Case, Panel, PanelMember
from qingyan.cases.policy import APPROVE, CARRY
from qingyan.cases.queries import packs
from qingyan.cases.queries.standing import standing_of
from qingyan.cases.rules.closing import watch_faults
from qingyan.cases.rules.panel import AGAIN, WATCH, Seat, panel_faults
from qingyan.cases.workflow import CONVENED, HELD, MEETING
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed


@dataclass(frozen=True)
class Invitation:
    """Whom to ask (account, name, whether they lead the school), when, what lies on the table, and a summary."""

    meets_at: datetime
    members: Sequence[tuple[UUID | None, str, bool]]
    materials: Sequence[str]
    brief: str = field(repr=False)


@dataclass(frozen=True)
class Held:
    """What came of the meeting: seats by member, the decision, the level that holds, criteria met, minutes."""

    seats: Mapping[UUID, Seat]
    decision: str
    level: str
    criteria: Sequence[str]
    minutes: str = field(repr=False)


def convene(*, case: Case, invitation: Invitation, by: Actor, now: datetime) -> Panel:
    """Call the panel; the case stands with it until a leader has answered. Raises NotVisible, NotAllowed."""
    require(by, CARRY, case)
    if by.id is None or not invitation.members:
        raise NotAllowed("case: a panel without members")
    if Panel.objects.filter(case_id=case.id, state__in=(CONVENED, HELD)).exists():
        raise NotAllowed("case: a panel has been called already")
    panel = Panel(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        convened_at=now,
        convened_by_id=by.id,
        meets_at=invitation.meets_at,
        materials=list(invitation.materials),
        brief=invitation.brief.strip(),
    )
    panel.save(force_insert=True)
    owned = {"panel": panel, "school_id": case.school_id, "student_id": case.student_id}
    PanelMember.objects.bulk_create(
        PanelMember(account_id=account, name=name, leads=leads, **owned) for account, name, leads in invitation.members
    )
    if case.state != "panel":  # a second meeting after the leader sent the first one back
        move(case=case, verb="convene", change=Change(given={"panel": panel.id}), by=by, now=now)
    _record("case.panel_convened", panel, by=by, now=now, detail={"members": len(invitation.members)})
    return panel


def hold(*, panel: Panel, held: Held, by: Actor, now: datetime) -> Panel:
    """Write down what came of the meeting; it waits for the leader. Raises NotVisible, NotAllowed, NotYet."""
    case = panel.case
    require(by, CARRY, case)
    given: dict[str, object] = {"minutes": held.minutes.strip(), "decision": held.decision}
    target = MEETING.target(verb="hold", origin=panel.state, given=given)
    members = list(PanelMember.objects.filter(panel_id=panel.id))
    seats = [held.seats.get(one.id, Seat(attended=False, vote="", signed=False)) for one in members]
    _must_be_decided(case, seats, held)
    for member, seat in zip(members, seats, strict=True):
        member.attended, member.vote, member.signed = seat.attended, seat.vote if seat.attended else "", seat.signed
    PanelMember.objects.bulk_update(members, ["attended", "vote", "signed"])
    panel.state, panel.held_at, panel.minutes = target, now, held.minutes.strip()
    panel.decision, panel.criteria = held.decision, sorted(held.criteria)
    panel.level = held.level if held.decision == WATCH else "" if held.decision == AGAIN else held.decision
    panel.save(update_fields=["state", "held_at", "minutes", "decision", "criteria", "level"])
    _record("case.panel_held", panel, by=by, now=now, detail={"decision": panel.decision, "level": panel.level})
    return panel


def approve(*, panel: Panel, note: str, by: Actor, now: datetime) -> Panel:
    """The leader agrees: what the panel decided happens. Raises NotVisible, NotAllowed, NotYet."""
    case = panel.case
    require(by, APPROVE, case)
    _answer(panel, "approve", {"approved_by": by.id}, note, by=by, now=now)
    given = {"level": panel.level, "approved_by": by.id, "criteria": panel.criteria, "reason": panel.decision}
    if panel.decision == AGAIN:
        move(case=case, verb="adjourn", change=Change(given=given, note=note), by=by, now=now)
        return panel
    if panel.decision == WATCH:
        _must_be_calm(case, panel.level, panel.criteria)
    case.urgency = panel.level  # what came up before is considered now
    case.save(update_fields=["urgency"])
    verb = "watch" if panel.decision == WATCH else "decide"
    move(case=case, verb=verb, change=Change(given=given, level=panel.level, note=note), by=by, now=now)
    if verb == "decide":
        begin_care(case=case, by=by, now=now)
    else:
        drop_all(case=case, by=by, now=now, kinds=[CONTACT, FOLLOW_UP])
        plan_follow_ups(case=case, by=by, now=now)
    return panel


def send_back(*, panel: Panel, reason: str, by: Actor, now: datetime) -> Panel:
    """The leader does not agree: the panel is called again; the case stays with it. Raises NotVisible, NotAllowed."""
    require(by, APPROVE, panel.case)
    _answer(panel, "return", {"reason": reason.strip()}, reason, by=by, now=now)
    return panel


def _answer(panel: Panel, verb: str, given: dict, note: str, *, by: Actor, now: datetime) -> None:
    if by.id is None:
        raise NotVisible(APPROVE.code)
    panel.state = MEETING.target(verb=verb, origin=panel.state, given=given)
    panel.answered_at, panel.answered_by_id, panel.answer = now, by.id, note.strip() or None
    panel.save(update_fields=["state", "answered_at", "answered_by", "answer"])
    _record(f"case.panel_{panel.state}", panel, by=by, now=now, detail={"decision": panel.decision})


def _must_be_decided(case: Case, seats: Sequence[Seat], held: Held) -> None:
    pack = packs.pack(case.pack)
    faults = panel_faults(packs.panel(), pack, seats, decision=held.decision, minutes=held.minutes)
    if faults:
        raise NotYet(faults)
    if held.decision == WATCH:
        _must_be_calm(case, held.level, held.criteria)


def _must_be_calm(case: Case, level: str, criteria: Sequence[str]) -> None:
    faults = watch_faults(packs.pack(case.pack), standing_of(case, level=level), criteria)
    if faults:
        raise NotYet(faults)


def _record(action: str, panel: Panel, *, by: Actor, now: datetime, detail: dict) -> None:
    record(
        by=by,
        action=action,
        subject_kind="panel",
        subject_id=panel.id,
        student_id=panel.student_id,
        now=now,
        detail={**detail, "case": panel.case_id},
    )
