"""Leave and return as pages show them: to who carries the case, and to leaders when a word of theirs is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.cases.models import Case, Leave, LeaveStep
from qingyan.cases.policy import CARRY_LEAVE, DECIDE_APPEAL, DECIDE_LEAVE, READ_LEAVE, READ_LEAVES
from qingyan.cases.queries.consenting import pupil_for
from qingyan.cases.queries.words import Due, due_words
from qingyan.cases.rules.leave import APPEAL_DECISIONS, DECISIONS
from qingyan.cases.workflow import APPEALED, LEAVE, LEAVE_DECISIONS, OPEN_LEAVE
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import Permission, allowed, permitted_rows, require
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.people import api as people

FOUND_WORDS = gettext_noop("发现识别")
LEAVE_STEPS = (FOUND_WORDS, gettext_noop("专业评估"), gettext_noop("家校沟通"), gettext_noop("申请"))
RETURN_STEPS = (
    gettext_noop("材料提交"),
    gettext_noop("学校审核"),
    gettext_noop("综合评估"),
    gettext_noop("通过或者暂不通过"),
    gettext_noop("申诉"),
)
# How many of the steps are behind a state: of the four of a leave, of the five of a return.
LEAVE_REACHED = {"found": 1, "assessed": 2, "talked": 3, "dropped": 0}
RETURN_REACHED = {"handed_in": 1, "checked": 2, "evaluated": 3, "not_yet": 4, "appealed": 5, "admitted": 4}

PAGES = {
    CARRY_LEAVE.code: "cases:leave_step",
    DECIDE_LEAVE.code: "cases:leave_decision",
    DECIDE_APPEAL.code: "cases:leave_appeal",
}


@dataclass(frozen=True)
class Moment:
    """One step in words."""

    at: datetime
    by: str
    title: str
    note: str = field(repr=False)
    conditions: str = field(repr=False)


@dataclass(frozen=True)
class LeaveLine:
    """One line of the list."""

    leave: Leave
    name: str
    state: str
    due: Due | None


@dataclass(frozen=True)
class LeavePage:
    """One leave, ready to show. `verbs`: the steps that this person may take, each with its page and its words."""

    leave: Leave
    name: str
    state: str
    due: Due | None
    verbs: Sequence[tuple[str, str, str]]
    moments: Sequence[Moment]
    leave_steps: Sequence[tuple[str, bool]]
    return_steps: Sequence[tuple[str, bool]]
    needs_another: bool


def leaves(actor: Actor) -> "QuerySet[Leave]":
    """Open leaves that this person carries, or that wait for this leader; what is due first."""
    require(actor, READ_LEAVES)
    rows = Leave.objects.filter(permitted_rows(actor, READ_LEAVE), state__in=OPEN_LEAVE).select_related("case")
    if Role.COUNSELLOR not in actor.roles_here:
        rows = rows.filter(state__in=LEAVE_DECISIONS)
    return rows.order_by(F("due_at").asc(nulls_last=True), "id")


def waiting_count(actor: Actor) -> int:
    """How many leaves wait for this leader's word; 0 for those who are none. One query."""
    if Role.PRINCIPAL not in actor.roles_here or not allowed(actor, READ_LEAVES):
        return 0
    theirs = Q(permitted_rows(actor, DECIDE_APPEAL)) | Q(permitted_rows(actor, DECIDE_LEAVE)) & ~Q(state=APPEALED)
    return Leave.objects.filter(theirs, state__in=LEAVE_DECISIONS).count()


def leave_lines(actor: Actor, rows: Sequence[Leave], now: datetime) -> list[LeaveLine]:
    """These leaves with names, which are lent for exactly these pupils."""
    require(actor, READ_LEAVES)
    lent = system_actor(school_id=actor.school_id, sight=frozenset({Sight.IDENTITY}), purpose="name pupils on leave")
    with entered(lent):
        names = {key: one.name for key, one in people.pupils(lent, [row.student_id for row in rows]).items()}
    return [
        LeaveLine(row, names.get(row.student_id, "—"), _(LEAVE.state(row.state).title), due_words(row.due_at, now))
        for row in rows
    ]


def permission_of(verb: str) -> Permission:
    """Who may take this step of the table."""
    if verb in APPEAL_DECISIONS:
        return DECIDE_APPEAL
    return DECIDE_LEAVE if verb in DECISIONS else CARRY_LEAVE


def leaves_of(case: Case) -> list[Leave]:
    """Every leave of this case, the newest first."""
    return list(Leave.objects.filter(case_id=case.id).select_related("case").order_by("-opened_at"))


def open_leave_of(case: Case) -> Leave | None:
    """The leave of this case's pupil that is under way."""
    return Leave.objects.filter(student_id=case.student_id, state__in=OPEN_LEAVE).first()


def leave_page(actor: Actor, leave: Leave, now: datetime) -> LeavePage:
    """The page of this leave for this person."""
    pupil = pupil_for(leave.school_id, leave)
    steps = [
        (PAGES[permission_of(one.verb).code], one.verb, _(one.title))
        for one in LEAVE.steps_from(leave.state)
        if allowed(actor, permission_of(one.verb), leave)
    ]
    wanted = {one.verb for one in LEAVE.steps_from(leave.state)} & (DECISIONS | APPEAL_DECISIONS)
    return LeavePage(
        leave=leave,
        name=pupil.name if pupil else "—",
        state=_(LEAVE.state(leave.state).title),
        due=due_words(leave.due_at, now),
        verbs=steps,
        moments=_moments(leave),
        leave_steps=_reached(LEAVE_STEPS, LEAVE_REACHED.get(leave.state, len(LEAVE_STEPS))),
        return_steps=_reached(
            RETURN_STEPS, RETURN_REACHED.get(leave.state, 4 if leave.state in ("back", "done") else 0)
        ),
        needs_another=bool(wanted & APPEAL_DECISIONS) and not steps and Role.PRINCIPAL in actor.roles_here,
    )


def _reached(steps: Sequence[str], count: int) -> list[tuple[str, bool]]:
    return [(_(title), at < count) for at, title in enumerate(steps)]


def _moments(leave: Leave) -> list[Moment]:
    rows = LeaveStep.objects.filter(leave_id=leave.id).select_related("by").order_by("-at", "-id")[:100]
    return [Moment(row.at, row.by.name, _(_title(row)), row.note or "", row.conditions or "") for row in rows]


def _title(row: LeaveStep) -> str:
    return LEAVE.title_of(verb=row.verb, origin=row.origin) or FOUND_WORDS
