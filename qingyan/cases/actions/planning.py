"""Talking with guardians and writing plans. Each is appended; what was asked for by the level is then done."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from qingyan.cases.actions.moving import refresh
from qingyan.cases.actions.running_errands import give
from qingyan.cases.actions.todos import ensure_at, fulfil
from qingyan.cases.actions.trail import record_on
from qingyan.cases.contracts import GUARDIAN_TALK, PLAN, TASK
from qingyan.cases.models import Case, GuardianTalk, Plan, PlanTask
from qingyan.cases.policy import CARRY
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.queries.owners import invited
from qingyan.cases.rules.plans import CARE, missing
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.pure.workflow import NotAllowed


class GuardianWithheld(Exception):
    """A guardian may be the source of harm: no talk is recorded here, the mandatory report comes first."""


@dataclass(frozen=True)
class Told:
    """A talk with a guardian. `second`: the other member of staff."""

    at: datetime
    second: UUID
    relation: str
    outcome: str
    witness: str
    words: str = field(repr=False)


def talk_with_guardian(*, case: Case, told: Told, by: Actor, now: datetime) -> GuardianTalk:
    """Append the talk. Raises NotVisible, GuardianWithheld, NotAllowed (not two people, no witness)."""
    require(by, CARRY, case)
    if case.guardian_withheld:
        raise GuardianWithheld
    staff, _leaders = invited(by, now)
    if told.second not in staff or told.second == by.id or told.at > now or not told.words.strip():
        raise NotAllowed("case: a talk with a guardian needs two of the school's staff, a time and words")
    if told.outcome == "refused" and not told.witness.strip():
        raise NotAllowed("case: a refusal needs a witness")
    row = GuardianTalk(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        at=told.at,
        by_id=by.id,
        second_id=told.second,
        recorded_at=now,
        relation=told.relation,
        outcome=told.outcome,
        witness=told.witness.strip(),
        words=told.words.strip(),
    )
    row.save(force_insert=True)
    if told.outcome != "unreachable":
        fulfil(case=case, kind=GUARDIAN_TALK, by=by, now=now)
    record_on(case, "case.guardian_talk", {"outcome": told.outcome}, by=by, now=now)
    return row


def write_plan(  # noqa: PLR0913 (the parts of one plan)
    *,
    case: Case,
    kind: str,
    parts: Mapping[str, str],
    review_on: date,
    tasks: Sequence[tuple[UUID, str, date]] = (),
    by: Actor,
    now: datetime,
) -> Plan:
    """A new version of the plan; the older ones stay. Tasks (who, what, by when) become to-dos of the case.

    Raises NotVisible, NotAllowed (a part that must be there, a review in the past, a task for somebody not here).
    """
    require(by, CARRY, case)
    _must_say_enough(kind, parts, review_on, tasks, by=by, now=now)
    last = Plan.objects.filter(case_id=case.id, kind=kind).aggregate(last=Max("version"))["last"] or 0
    plan = Plan(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        kind=kind,
        version=last + 1,
        made_at=now,
        by_id=by.id,
        review_on=review_on,
        content=json.dumps(dict(parts), ensure_ascii=False),
    )
    plan.save(force_insert=True)
    for asked in tasks:
        _give(case, plan, asked, by=by, now=now)
    if kind == CARE:
        fulfil(case=case, kind=PLAN, by=by, now=now)
    refresh(case)
    case.save(update_fields=["next_due_at"])
    record_on(case, "case.plan", {"kind": kind, "version": plan.version, "tasks": len(tasks)}, by=by, now=now)
    return plan


def _must_say_enough(
    kind: str,
    parts: Mapping[str, str],
    review_on: date,
    tasks: Sequence[tuple[UUID, str, date]],
    *,
    by: Actor,
    now: datetime,
) -> None:
    today = timezone.localdate(now)
    staff, _leaders = invited(by, now)
    late = review_on <= today or any(due_on < today for _who, _what, due_on in tasks)
    if missing(kind, parts) or late or any(who not in staff for who, _what, _due in tasks):
        raise NotAllowed("case: the plan does not say enough")


def _give(case: Case, plan: Plan, asked: tuple[UUID, str, date], *, by: Actor, now: datetime) -> None:
    who, what, due_on = asked
    owned = {"school_id": case.school_id, "student_id": case.student_id}
    task = PlanTask(plan=plan, assignee_id=who, due_on=due_on, words=what.strip(), **owned)
    task.save(force_insert=True)
    calendar = calendar_of(packs.pack(case.pack), school_id=case.school_id, now=now)
    due_at = calendar.end_of(due_on)
    ensure_at(case=case, kind=TASK, key=str(task.id), due_at=due_at, now=now)
    give(task=task, due_at=due_at, by=by, now=now)
