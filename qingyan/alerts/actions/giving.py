"""People move alerts: a counsellor gives one to a colleague, or gives one back. The clock begins anew."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.alerts.actions.handing import OWNERSHIP, hand, refuse_absent, watch
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.models import Alert
from qingyan.alerts.models.duty import Why
from qingyan.alerts.policy import ACKNOWLEDGE, ASSIGN
from qingyan.alerts.rules.duty import Turn
from qingyan.alerts.workflow import ALERT
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.people import api as people


def give(*, alert: Alert, to: UUID, by: Actor, now: datetime) -> Alert:
    """The alert, which is held, goes to a counsellor of the school, with the whole time. Raises NotVisible, Refused."""
    require(by, ASSIGN, alert)
    refuse_absent(to, school_id=alert.school_id, now=now)
    counsellors = people.holders_here(alert.school_id, (Role.COUNSELLOR,), timezone.localdate(now))
    if to not in {one.account for one in counsellors}:
        raise Refused("not_of_the_school")
    if alert.owner_id != to:
        alert.round += 1
        hand(alert, Turn(0, to), str(Why.GIVEN), by=by, seen=watch(by, now))
    return alert


def release(*, alert: Alert, by: Actor, now: datetime) -> Alert:
    """Who had taken it gives it back: it waits again, and the keeper of time finds an owner. Raises NotAllowed."""
    require(by, ACKNOWLEDGE, alert)
    alert.state = ALERT.target(verb="release", origin=alert.state)
    alert.acknowledged_at = alert.acknowledged_by = None
    alert.owner = alert.owner_since = alert.step = alert.goes_on_at = None
    alert.round += 1
    alert.save(update_fields=["state", "acknowledged_at", "acknowledged_by", *OWNERSHIP])
    record(
        by=by,
        action="alert.release",
        subject_kind="alert",
        subject_id=alert.id,
        student_id=alert.student_id,
        now=now,
        detail={"level": alert.level, "round": alert.round},
    )
    return alert
