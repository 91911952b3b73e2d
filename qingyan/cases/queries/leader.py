"""What waits for a school's leader: crises, decisions to approve, seals to read a second time. Names, no papers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from qingyan.cases.models import Case, CrisisThread
from qingyan.cases.policy import LEADERS_STATES, READ_LEADER_LIST, READ_STATUS
from qingyan.cases.queries import packs
from qingyan.cases.queries.words import Due, due_words
from qingyan.cases.rules.pack import Level
from qingyan.cases.workflow import OPEN_STATES
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import allowed, permitted_rows, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.people import api as people


@dataclass(frozen=True)
class LeaderLine:
    """One case as a leader sees it."""

    case: Case
    name: str
    level: Level | None
    due: Due | None
    report_waits: bool


def waiting_for_leader(actor: Actor) -> "QuerySet[Case]":
    """The open cases that a leader of the actor's school must act on, what is due first."""
    require(actor, READ_LEADER_LIST)
    rows = Case.objects.filter(permitted_rows(actor, READ_STATUS), state__in=OPEN_STATES).select_related("owner")
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "id")


def waiting_count(actor: Actor) -> int:
    """How many decisions, seals and first reports wait for this leader's word; 0 for those who are none. One query."""
    if not allowed(actor, READ_LEADER_LIST):
        return 0
    reports = CrisisThread.objects.filter(case=OuterRef("pk"), approval_due_at__isnull=False)
    return waiting_for_leader(actor).filter(Q(state__in=LEADERS_STATES) | Exists(reports)).count()


def leader_lines(actor: Actor, cases: list[Case], now: datetime) -> list[LeaderLine]:
    """These cases with names: the sight of identity is lent for exactly these pupils."""
    require(actor, READ_LEADER_LIST)
    lent = system_actor(
        school_id=actor.school_id, sight=frozenset({Sight.IDENTITY}), purpose="name the pupils a leader must act for"
    )
    with entered(lent):
        names = {key: one.name for key, one in people.pupils(lent, [case.student_id for case in cases]).items()}
    waits = CrisisThread.objects.filter(case__in=cases, approval_due_at__isnull=False)
    reports = set(waits.values_list("case_id", flat=True))
    return [
        LeaderLine(
            case,
            names.get(case.student_id, "—"),
            packs.pack(case.pack).level(case.level) if case.level else None,
            due_words(case.next_due_at, now),
            case.id in reports,
        )
        for case in cases
    ]
