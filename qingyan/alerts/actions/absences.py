"""Staff are away for a time, with somebody who acts for them; what they had goes to others when it begins."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.models import Absence
from qingyan.alerts.policy import MARK_AWAY
from qingyan.alerts.queries.duty import MAY_STAND
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record
from qingyan.people import api as people


@dataclass(frozen=True)
class AwayPlan:
    """Who is away from when to when, and who acts meanwhile (None: whoever is on duty)."""

    account_id: UUID
    starts_at: datetime
    ends_at: datetime
    deputy_id: UUID | None = None


def mark_away(*, plan: AwayPlan, by: Actor, now: datetime) -> Absence:
    """Staff for themselves, the leader for anybody of the school. Raises NotVisible, Refused."""
    require(by, MARK_AWAY, Absence(school_id=by.school_id, account_id=plan.account_id))
    _check(plan, by, now)
    absence = Absence.objects.create(
        school_id=by.school_id,
        account_id=plan.account_id,
        deputy_id=plan.deputy_id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        at=now,
        by_id=by.id,
    )
    detail = {"account": str(plan.account_id), "deputy": str(plan.deputy_id or "")}
    record(by=by, action="duty.away", subject_kind="absence", subject_id=absence.id, now=now, detail=detail)
    return absence


def come_back(*, absence_id: UUID, by: Actor, now: datetime) -> Absence:
    """The absence ends now, or never begins. Raises NotVisible for one that is over or not one's own to end."""
    rows = Absence.objects.select_for_update(of=("self",)).filter(permitted_rows(by, MARK_AWAY), id=absence_id)
    absence = rows.filter(ends_at__gt=now).first()
    if absence is None:
        raise NotVisible(MARK_AWAY.code)
    absence.ends_at = max(now, absence.starts_at)
    absence.save(update_fields=["ends_at"])
    detail = {"account": str(absence.account_id)}
    record(by=by, action="duty.back", subject_kind="absence", subject_id=absence.id, now=now, detail=detail)
    return absence


def _check(plan: AwayPlan, by: Actor, now: datetime) -> None:
    if plan.ends_at <= plan.starts_at:
        raise Refused("ends_before_it_starts")
    if plan.ends_at <= now:
        raise Refused("over_already")
    if plan.deputy_id == plan.account_id:
        raise Refused("deputy_is_the_same")
    staff = {one.account for one in people.holders_here(by.school_id or 0, MAY_STAND, timezone.localdate(now))}
    if not {plan.account_id, plan.deputy_id or plan.account_id} <= staff:
        raise Refused("not_of_the_school")
    if _overlaps(plan, plan.account_id, by):
        raise Refused("absence_overlaps")
    if plan.deputy_id is not None and _overlaps(plan, plan.deputy_id, by):
        raise Refused("deputy_away")


def _overlaps(plan: AwayPlan, account: UUID, by: Actor) -> bool:
    rows = Absence.objects.filter(school_id=by.school_id, account_id=account)
    return rows.filter(starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at).exists()
