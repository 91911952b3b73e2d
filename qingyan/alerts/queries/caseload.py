"""What each counsellor of a school carries: alerts that wait, alerts in hand, the oldest of them. Counts, no pupil."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q
from django.utils import timezone

from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries import order_packs
from qingyan.alerts.queries.duty import away_now
from qingyan.alerts.queries.queue import SHEET, alerts_for, waiting_states
from qingyan.alerts.workflow import IN_HAND, OPEN_STATES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Role
from qingyan.people import api as people


@dataclass(frozen=True)
class Load:
    """One person's open alerts. `account` None: those that nobody owns yet."""

    account: UUID | None
    name: str
    away: bool
    waiting: int
    overdue: int
    in_hand: int
    oldest: datetime | None

    @property
    def total(self) -> int:
        """All open ones."""
        return self.waiting + self.in_hand


@dataclass(frozen=True)
class Caseload:
    """Everybody's load, and how many talks a week the counsellors who are here can hold."""

    loads: list[Load]
    here: int
    a_week: int

    @property
    def open(self) -> int:
        """All open alerts of the school."""
        return sum(load.total for load in self.loads)


def caseload(actor: Actor, *, now: datetime) -> Caseload:
    """The counsellors of the school by name, then others who own something, then what nobody owns. Four statements."""
    require(actor, READ_ALERTS)
    rows = {row["owner_id"]: row for row in _rows(actor, now)}
    counsellors = people.holders_here(actor.school_id or 0, (Role.COUNSELLOR,), timezone.localdate(now))
    names = {one.account: one.name for one in counsellors}
    names |= people.staff_names({owner for owner in rows if owner is not None and owner not in names})
    away = {one.account for one in away_now(actor, now)}
    owners = [*names, *([None] if None in rows else [])]
    loads = [_load(owner, names.get(owner, "") if owner else "", rows.get(owner), owner in away) for owner in owners]
    here, capacity = sum(one.account not in away for one in counsellors), order_packs.current().capacity
    return Caseload(loads, here, here * capacity.talks_a_day * capacity.days_a_week)


def _rows(actor: Actor, now: datetime):
    waits = Q(state__in=waiting_states())
    return (
        alerts_for(actor)
        .filter(state__in=OPEN_STATES)
        .values("owner_id")
        .annotate(
            waiting=Count(SHEET, filter=waits, distinct=True),
            overdue=Count(SHEET, filter=waits & Q(due_at__lt=now), distinct=True),
            in_hand=Count(SHEET, filter=Q(state__in=IN_HAND), distinct=True),
            oldest=Min("raised_at"),
        )
        .order_by()
    )


def _load(owner: UUID | None, name: str, row, away: bool) -> Load:
    if row is None:
        return Load(owner, name, away, 0, 0, 0, None)
    return Load(owner, name, away, row["waiting"], row["overdue"], row["in_hand"], row["oldest"])
