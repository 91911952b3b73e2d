"""Several alerts at once, where that is safe: taking charge of those that are not red, giving any to a colleague.

A red one is read by itself before anybody says to have it. Each alert leaves its own line in the trail.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.acknowledging import acknowledge_with_others
from qingyan.alerts.actions.giving import give
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries.queue import same_sheet, waiting_states
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows

MOST = 50


@dataclass(frozen=True)
class Done:
    """How many were done, and how many were left because they are red or somebody was faster."""

    done: int
    red: int
    gone: int


def acknowledge_many(*, ids: Sequence[UUID], by: Actor, now: datetime) -> Done:
    """`by` takes charge of those that are not red and still wait, each with the others of its sheet, at most MOST."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    done = red = 0
    for alert_id in sorted(wanted, key=str):
        alert = _held(by, alert_id)
        if alert is None:
            continue
        if _sheet_is_red(by, alert):
            red += 1
            continue
        acknowledge_with_others(alert=alert, by=by, note="", now=now)
        done += 1
    return Done(done, red, len(wanted) - done - red)


def give_many(*, ids: Sequence[UUID], to: UUID, by: Actor, now: datetime) -> Done:
    """Those that still wait go to one counsellor, at most MOST. Raises NotVisible, Refused."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    done = 0
    for alert_id in sorted(wanted, key=str):
        alert = _held(by, alert_id)
        if alert is not None:
            for one in _waiting_of_sheet(by, alert):
                give(alert=one, to=to, by=by, now=now)
            done += 1
    return Done(done, 0, len(wanted) - done)


def _held(by: Actor, alert_id: UUID) -> Alert | None:
    rows = Alert.objects.select_for_update(of=("self",)).filter(permitted_rows(by, READ_ALERTS), id=alert_id)
    return rows.filter(state__in=waiting_states()).first()


def _waiting_of_sheet(by: Actor, alert: Alert) -> list[Alert]:
    rows = Alert.objects.select_for_update(of=("self",)).filter(permitted_rows(by, READ_ALERTS))
    return list(rows.filter(same_sheet(alert), state__in=waiting_states()).order_by("id"))


def _sheet_is_red(by: Actor, alert: Alert) -> bool:
    return any(one.level == "red" for one in _waiting_of_sheet(by, alert))
