"""A named person takes charge of an alert. Permit, check the state, change, record, announce."""

from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.handing import OWNERSHIP, end_district_calls, take
from qingyan.alerts.events import AlertAcknowledged
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import ACKNOWLEDGE, READ_ALERTS
from qingyan.alerts.queries.queue import same_sheet, waiting_states
from qingyan.alerts.workflow import ALERT, SEALED
from qingyan.archives import api as archives
from qingyan.archives.contracts import AlertContent
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.events.api import publish

VERB = "acknowledge"


def locked(by: Actor, alert_id: UUID) -> Alert:
    """The alert, held until the transaction ends, so that two people cannot take it at once. Raises NotVisible."""
    rows = Alert.objects.select_for_update(of=("self",)).filter(permitted_rows(by, READ_ALERTS), id=alert_id)
    alert = rows.filter(sealed_with_case_at__isnull=True).exclude(state=SEALED).first()
    if alert is None:
        raise NotVisible(READ_ALERTS.code)
    return alert


def acknowledge(*, alert: Alert, by: Actor, note: str, now: datetime) -> Alert:
    """`by` takes charge; the clock for the first talk goes on running. `note` is sealed, and may be empty.

    Raises NotVisible, NotAllowed when somebody has taken it already. Being away forbids nobody to take it themselves.
    """
    require(by, ACKNOWLEDGE, alert)
    if by.id is None:
        raise NotVisible(ACKNOWLEDGE.code)  # only a named person takes charge
    target = ALERT.target(verb=VERB, origin=alert.state)
    before, alert.state = alert.state, target
    alert.acknowledged_at, alert.acknowledged_by_id = now, by.id
    alert.note = note or None
    take(alert, by=by, now=now)
    alert.save(update_fields=["state", "acknowledged_at", "acknowledged_by", "note", *OWNERSHIP])
    end_district_calls(alert, now)
    archives.add_entry(
        school_id=alert.school_id,
        student_id=alert.student_id,
        kind=str(archives.EntryKind.ACKNOWLEDGEMENT),
        at=now,
        title=f"{by.name} 确认预警",
        source=alert.id,
        content=AlertContent(alert=str(alert.id), level=alert.level, instrument=alert.instrument).as_json(),
    )
    record(
        by=by,
        action="alert.acknowledge",
        subject_kind="alert",
        subject_id=alert.id,
        student_id=alert.student_id,
        now=now,
        detail={"from": before, "to": target, "level": alert.level, "with_note": bool(note)},
    )
    publish(AlertAcknowledged(alert.id, alert.school_id, alert.student_id, by.id), by=by)
    return alert


def acknowledge_with_others(*, alert: Alert, by: Actor, note: str, now: datetime) -> int:
    """This alert and the other waiting ones of the same sitting: one talk answers them all. Returns how many."""
    waiting = Alert.objects.select_for_update(of=("self",)).filter(
        permitted_rows(by, READ_ALERTS), same_sheet(alert), state__in=waiting_states()
    )
    others = [other for other in waiting.order_by("id") if other.id != alert.id]
    for one in (alert, *others):
        acknowledge(alert=one, by=by, note=note, now=now)
    return 1 + len(others)
