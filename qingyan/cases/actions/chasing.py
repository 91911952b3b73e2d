"""Chasing a referral: to-dos of whoever carries the case on the days of the file, told in neutral words when they come.

A slip, or the word that nothing came of it, ends the chase; nothing else does.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from qingyan.cases.actions.moving import refresh
from qingyan.cases.actions.referral_steps import trace
from qingyan.cases.actions.todos import ensure_at
from qingyan.cases.contracts import REFERRAL_CHASE
from qingyan.cases.models import Referral, ReferralTry, ToDo
from qingyan.cases.queries import packs
from qingyan.cases.rules.referral import chases
from qingyan.cases.workflow import ON_THE_WAY
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations

TRIES_KEPT = timedelta(days=1)


def begin_chase(*, referral: Referral, by: Actor, now: datetime) -> None:
    """A to-do for each day of the file, counted from sending."""
    case = referral.case
    for days, due_at in chases(packs.referral(), sent_at=now):
        ensure_at(case=case, kind=REFERRAL_CHASE, key=f"{referral.id.hex}:{days}", due_at=due_at, now=now)
    refresh(case)
    case.save(update_fields=["next_due_at"])
    trace(referral, "referral.chase_begun", None, by=by, now=now)


def end_chase(*, referral: Referral, by: Actor, now: datetime) -> None:
    """Nothing is left to ask for."""
    rows = ToDo.objects.filter(
        case_id=referral.case_id,
        kind=REFERRAL_CHASE,
        key__startswith=referral.id.hex,
        done_at__isnull=True,
        dropped_at__isnull=True,
    )
    rows.update(dropped_at=now)
    case = referral.case
    refresh(case)
    case.save(update_fields=["next_due_at"])
    trace(referral, "referral.chase_ended", None, by=by, now=now)


def chase_school(*, by: Actor, now: datetime) -> int:
    """Tell the owners whose to-do has come, each day of the file once; gives back how many. Old wrong tries go."""
    rows = ToDo.objects.filter(
        school_id=by.school_id,
        kind=REFERRAL_CHASE,
        due_at__lte=now,
        done_at__isnull=True,
        dropped_at__isnull=True,
        case__owner__isnull=False,
    )
    on_the_way = {one.hex for one in _on_the_way(by)}
    due = [one for one in rows.annotate(owner=F("case__owner_id")) if one.key.split(":")[0] in on_the_way]
    for todo in due:
        tell(owner=todo.owner, case_id=todo.case_id, kind="overdue", key=f"referral-chase:{todo.id}", by=by, now=now)
    ReferralTry.objects.filter(school_id=by.school_id, at__lt=now - TRIES_KEPT).delete()
    if due:
        record(
            by=by,
            action="referral.chased",
            subject_kind="school",
            subject_id=by.school_id,
            now=now,
            detail={"count": len(due)},
        )
    return len(due)


def tell(*, owner: UUID, case_id: UUID, kind: str, key: str, by: Actor, now: datetime) -> None:
    """A neutral notice to who carries the case; it leads to the case's referrals."""
    (school,) = organisations.schools_by_id([by.school_id or 0])
    path = reverse("cases:referrals", kwargs={"slug": school.slug, "case_id": case_id})
    notifications.notify(to=[owner], kind=kind, path=path, by=by, now=now, key=key)


def _on_the_way(by: Actor) -> list[UUID]:
    return list(Referral.objects.filter(school_id=by.school_id, state__in=ON_THE_WAY).values_list("id", flat=True))
