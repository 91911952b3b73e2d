"""What a sweep found is kept, and operators are told when something is not as it should be: figures, never a school.

A sweep that found nothing is kept too, so that operators can see that somebody looks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from qingyan.alerts.models import Alert, Sweep
from qingyan.alerts.queries.queue import waiting_states
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.people import api as people

PATH = "/operations/alerts/"
KEPT = timedelta(days=90)
OWNER_WITHIN = timedelta(minutes=2)  # the keeper of time looks four times a minute


@dataclass(frozen=True)
class Found:
    """The figures of one sweep."""

    schools: int
    failed: int
    missing: int
    unowned: int

    @property
    def amiss(self) -> bool:
        """Whether an operator should look."""
        return bool(self.failed or self.missing or self.unowned)


def unowned_alerts(actor: Actor, *, now: datetime) -> int:
    """How many waiting alerts of the actor's school have no owner although there was time to find one."""
    rows = Alert.objects.filter(school_id=actor.school_id, state__in=waiting_states(), owner__isnull=True)
    return rows.filter(raised_at__lt=now - OWNER_WITHIN).count()


def keep_sweep(*, found: Found, back: timedelta, by: Actor, now: datetime) -> Sweep:
    """Keep the figures; when something is amiss record it and tell the operators, once an hour for the same kind."""
    sweep = Sweep.objects.create(
        at=now,
        back_minutes=int(back.total_seconds() // 60),
        schools=found.schools,
        failed=found.failed,
        missing=found.missing,
        unowned=found.unowned,
    )
    Sweep.objects.filter(at__lt=now - KEPT).delete()
    if found.amiss:
        detail = {"missing": found.missing, "failed": found.failed, "unowned": found.unowned}
        record(by=by, action="alerts.swept", subject_kind="sweep", subject_id=sweep.id, now=now, detail=detail)
        operators = people.holders(Role.SYSTEM_ADMIN, school_id=None, today=timezone.localdate(now))
        key = f"sweep:{now:%Y-%m-%dT%H}:{bool(found.missing)}:{bool(found.failed)}:{bool(found.unowned)}"
        notifications.notify(to=operators, kind="attention_now", path=PATH, by=by, now=now, key=key)
    return sweep
