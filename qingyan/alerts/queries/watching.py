"""What operators see of the platform's own check of alerts: the newest sweeps, and whether the last one is recent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from qingyan.alerts.models import Sweep
from qingyan.alerts.policy import WATCH
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require

RECENT = timedelta(minutes=15)  # it runs every five minutes


@dataclass(frozen=True)
class Watching:
    """All sweeps, the newest first, and whether somebody still looks."""

    sweeps: "QuerySet[Sweep]"
    newest: Sweep | None
    recent: bool


def watching(actor: Actor, *, now: datetime) -> Watching:
    """For operators. Raises NotVisible."""
    require(actor, WATCH)
    sweeps = Sweep.objects.all()
    newest = sweeps.first()
    return Watching(sweeps, newest, newest is not None and newest.at >= now - RECENT)
