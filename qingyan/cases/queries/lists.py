"""Reads of the case list: what is due first, by owner, level and state; and how many wait for this person today."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from qingyan.cases.models import Case
from qingyan.cases.policy import READ_CASES
from qingyan.cases.queries.words import Due, due_words
from qingyan.cases.rules.pack import CasePack, Level
from qingyan.cases.workflow import CLOSED, OPEN_STATES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, permitted_rows

TODAY, MINE, ALL, ENDED = "today", "mine", "all", "ended"
LISTS = (TODAY, MINE, ALL, ENDED)


@dataclass(frozen=True)
class CaseFilter:
    """Which cases to keep. `list`: one of LISTS."""

    list: str = TODAY
    owner: UUID | None = None
    level: str = ""
    state: str = ""


@dataclass(frozen=True)
class CaseLine:
    """One case in a list; the name is masked."""

    case: Case
    level: Level | None
    due: Due | None


def cases_for(actor: Actor, wanted: CaseFilter, now: datetime) -> "QuerySet[Case]":
    """The cases of the actor's school, what is due first. Sealed ones are in no list."""
    rows = Case.objects.filter(permitted_rows(actor, READ_CASES)).select_related("student__school_class", "owner")
    rows = _in_list(rows, actor, wanted.list, now)
    if wanted.owner is not None:
        rows = rows.filter(owner_id=wanted.owner)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.list == ENDED:
        return rows.order_by("-ended_at", "id")
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "id")


def lines(cases, pack: CasePack, now: datetime) -> list[CaseLine]:
    """Cases with their level and the time left in words."""
    levels = {one.code: one for one in pack.levels}
    return [CaseLine(case, levels.get(case.level), due_words(case.next_due_at, now)) for case in cases]


def due_today(actor: Actor, now: datetime) -> int:
    """How many cases ask for this person today; 0 for those who may not read cases. One query."""
    if not allowed(actor, READ_CASES):
        return 0
    rows = Case.objects.filter(permitted_rows(actor, READ_CASES))
    return _in_list(rows, actor, TODAY, now).count()


def open_case_of(actor: Actor, student_id: UUID) -> Case | None:
    """The open case of a pupil, or None."""
    rows = Case.objects.filter(permitted_rows(actor, READ_CASES), student_id=student_id, state__in=OPEN_STATES)
    return rows.first()


def _in_list(rows: "QuerySet[Case]", actor: Actor, name: str, now: datetime) -> "QuerySet[Case]":
    if name == ENDED:
        return rows.filter(state=CLOSED)
    rows = rows.filter(state__in=OPEN_STATES)
    mine = Q(owner_id=actor.id)
    if name == MINE:
        return rows.filter(mine)
    if name == TODAY:
        return rows.filter(mine | Q(owner__isnull=True), next_due_at__lte=_end_of_day(now))
    return rows


def _end_of_day(now: datetime) -> datetime:
    zone = timezone.get_default_timezone()
    return datetime.combine(now.astimezone(zone).date(), time.max, tzinfo=zone)
