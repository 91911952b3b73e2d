"""Reads of errands: those of the person asked, with names; what became of a plan's tasks, for who carries the case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from qingyan.cases.models import Errand
from qingyan.cases.policy import ANSWER_ERRAND, READ_ERRANDS
from qingyan.cases.queries.words import Due, due_words
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, allowed, permitted_rows, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.access.visibility import sees
from qingyan.people import api as people

LENT = frozenset({Sight.IDENTITY})
WHY = "name the pupils of errands to the person asked"


@dataclass(frozen=True)
class ErrandLine:
    """One errand as the person asked sees it: for whom, what, by when. Nothing of the case is here to be shown."""

    errand: Errand
    name: str
    words: str
    due: Due | None


def errands_for(actor: Actor, *, ended: bool = False) -> "QuerySet[Errand]":
    """What this person is asked to do, what is due first; or what has been answered, the newest first."""
    require(actor, READ_ERRANDS)
    rows = Errand.objects.filter(permitted_rows(actor, READ_ERRANDS), withdrawn_at__isnull=True)
    if ended:
        return rows.filter(answered_at__isnull=False).order_by("-answered_at", "id")
    return rows.filter(answered_at__isnull=True).order_by("due_at", "id")


def open_errand(actor: Actor, errand_id: UUID) -> Errand:
    """One errand that waits for this person. Raises NotVisible."""
    found = errands_for(actor).filter(permitted_rows(actor, ANSWER_ERRAND), id=errand_id).first()
    if found is None:
        raise NotVisible(ANSWER_ERRAND.code)
    return found


def open_count(actor: Actor) -> int:
    """How many errands wait for this person here; 0 for those who are at no school. One query."""
    return errands_for(actor).count() if allowed(actor, READ_ERRANDS) else 0


def errand_lines(actor: Actor, rows: Collection[Errand], now: datetime) -> list[ErrandLine]:
    """These errands with names: the sight of identity is lent for exactly these pupils."""
    require(actor, READ_ERRANDS)
    lent = system_actor(school_id=actor.school_id, sight=LENT, purpose=WHY)
    with entered(lent):
        names = {key: one.name for key, one in people.pupils(lent, [row.student_id for row in rows]).items()}
    shown = sees(actor, "case.errand", {"asked"})
    return [
        ErrandLine(
            row,
            names.get(row.student_id, "—"),
            (row.words or "") if shown else "",
            None if row.answered_at else due_words(row.due_at, now),
        )
        for row in rows
    ]


def errands_by_task(task_ids: Collection[UUID]) -> dict[UUID, Errand]:
    """The errands of these tasks, with who has them now."""
    rows = Errand.objects.filter(id__in=task_ids).annotate(held_by=F("assignee__name"))
    return {row.id: row for row in rows}
