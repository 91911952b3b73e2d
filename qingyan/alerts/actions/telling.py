"""Telling the new owner that something has come to them: a neutral notice, never about whom or why."""

from datetime import datetime

from django.utils import timezone

from qingyan.alerts.models import Alert, Handing
from qingyan.alerts.models.duty import Place
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

# By level: how a first owner is told. A yellow one is found in the queue; hundreds of notices would hide the red one.
AT_FIRST = {"red": "attention_now", "orange": "attention"}
PASSED_ON = "handed_over"


def tell_owner(alert: Alert, handing: Handing, *, by: Actor, now: datetime) -> None:
    """One notice to who owns it now; the same hand-over is told once."""
    passed_on = handing.origin_id is not None
    kind = PASSED_ON if passed_on and alert.level == "red" else AT_FIRST.get(alert.level)
    if kind is None:
        return
    key = f"alert:{alert.id}:{handing.round}:{handing.step}"
    notifications.notify(to=[handing.owner_id], kind=kind, path=_path(alert, handing, now), by=by, now=now, key=key)


def _path(alert: Alert, handing: Handing, now: datetime) -> str:
    if handing.place == Place.DISTRICT:
        return "/district/calls/"
    (school,) = organisations.schools_by_id([alert.school_id])
    if handing.owner_id in people.holders(Role.COUNSELLOR, school_id=school.id, today=timezone.localdate(now)):
        return f"/s/{school.slug}/alerts/{alert.id}/"
    return f"/s/{school.slug}/duty/"
