"""Cases on offer: those that wait for this person, those that this person offered, and whose cases could be offered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from qingyan.cases.models import Case, Handover
from qingyan.cases.policy import ANSWER_HANDOVER, OPEN_CASE, READ_HANDOVERS
from qingyan.cases.queries.owners import counsellors
from qingyan.cases.workflow import OFFERED, OPEN_STATES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, permitted_rows, require

LATEST = 20


@dataclass(frozen=True)
class Carrier:
    """Somebody whose cases this person may offer: oneself, or who is no counsellor here any more."""

    account: UUID
    name: str
    open: int
    left: bool


def offered_to(actor: Actor) -> "QuerySet[Handover]":
    """What waits for this person's word, the oldest first."""
    require(actor, READ_HANDOVERS)
    return _rows(actor).filter(permitted_rows(actor, ANSWER_HANDOVER), state=OFFERED).order_by("at", "id")


def offered_by(actor: Actor) -> list[Handover]:
    """What this person offered lately, whatever became of it."""
    require(actor, READ_HANDOVERS)
    return list(_rows(actor).filter(by_id=actor.id).order_by("-at", "id")[:LATEST])


def waiting_count(actor: Actor) -> int:
    """How many cases wait for this person to accept them; 0 for those who carry none. One query."""
    return offered_to(actor).count() if allowed(actor, READ_HANDOVERS) else 0


def carriers(actor: Actor, now: datetime) -> list[Carrier]:
    """Whose open cases this person may offer. Two queries."""
    here = counsellors(actor, now)
    rows = Case.objects.filter(permitted_rows(actor, OPEN_CASE), state__in=OPEN_STATES, owner__isnull=False)
    counted = rows.values_list("owner_id", "owner__name").annotate(open=Count("id")).order_by("owner__name")
    return [
        Carrier(key, name, count, key not in here) for key, name, count in counted if key == actor.id or key not in here
    ]


def open_offer_of(case: Case) -> Handover | None:
    """The offer of this case that waits for an answer."""
    return Handover.objects.filter(case_id=case.id, state=OFFERED).select_related("receiver").first()


def _rows(actor: Actor) -> "QuerySet[Handover]":
    mine = Handover.objects.filter(permitted_rows(actor, READ_HANDOVERS))
    return mine.select_related("case", "student__school_class", "origin", "receiver", "by")
