"""Closing an alert with a reason, by its owner; a critical one is read by a second person who confirms or returns it.

What was false is sealed: the alert leaves every list, its entries leave the pupil's visible file. Nothing is deleted.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.events import AlertClosed
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import CLOSE, READ_ALERTS, REVIEW
from qingyan.alerts.rules.closing import Reason, confirming_verb, leaves_the_file, verb_of
from qingyan.alerts.workflow import ALERT
from qingyan.alerts.workflow import REVIEW as IN_REVIEW
from qingyan.archives import api as archives
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.events.api import publish

CLOSING = ("state", "close_reason", "close_note", "closed_at", "closed_by", "twin", "second_reader")


@dataclass(frozen=True)
class Closing:
    """Why, in a code and in words (sealed), and of which alert it is a duplicate."""

    reason: Reason
    note: str
    twin: UUID | None = None


def close(*, alert: Alert, closing: Closing, by: Actor, now: datetime) -> Alert:
    """Close it, or for a critical one ask for a second reader. The alert is held. Raises NotAllowed, Refused."""
    require(by, CLOSE, alert)
    if not closing.note.strip():
        raise Refused("why_missing")
    _check_twin(alert, closing, by)
    verb = verb_of(closing.reason, level=alert.level)
    before, alert.state = alert.state, ALERT.target(verb=verb, origin=alert.state, given={"reason": closing.reason})
    alert.close_reason, alert.close_note, alert.twin_id = closing.reason, closing.note.strip(), closing.twin
    alert.closed_at, alert.closed_by_id = now, by.id
    alert.save(update_fields=CLOSING)
    _settle(alert, before, by=by, now=now)
    return alert


def confirm(*, alert: Alert, by: Actor, now: datetime) -> Alert:
    """The second reader agrees. The alert is held. Raises NotVisible, NotAllowed, Refused for who asked."""
    require(by, REVIEW, alert)
    _another(alert, by)
    verb = confirming_verb(Reason(alert.close_reason or Reason.NO_NEED))
    given: dict[str, object] = {"second_reader": by.id}
    before, alert.state = alert.state, ALERT.target(verb=verb, origin=alert.state, given=given)
    alert.second_reader_id = by.id
    alert.save(update_fields=CLOSING)
    _settle(alert, before, by=by, now=now)
    return alert


def send_back(*, alert: Alert, by: Actor, now: datetime) -> Alert:
    """The second reader does not agree: it is in hand again, with nothing closed. Raises NotAllowed, Refused."""
    require(by, REVIEW, alert)
    _another(alert, by)
    before, alert.state = alert.state, ALERT.target(verb="return", origin=alert.state)
    alert.close_reason, alert.close_note, alert.twin_id, alert.closed_at, alert.closed_by_id = (
        "",
        None,
        None,
        None,
        None,
    )
    alert.save(update_fields=CLOSING)
    _settle(alert, before, by=by, now=now)
    return alert


def _another(alert: Alert, by: Actor) -> None:
    if alert.state == IN_REVIEW and alert.closed_by_id == by.id:
        raise Refused("second_reader_is_another")


def _check_twin(alert: Alert, closing: Closing, by: Actor) -> None:
    """A duplicate names an alert of the same pupil that stays."""
    if closing.reason is not Reason.DUPLICATE:
        return
    twins = Alert.objects.filter(permitted_rows(by, READ_ALERTS), id=closing.twin, student_id=alert.student_id)
    if closing.twin == alert.id or not twins.exists():
        raise Refused("twin_missing")


def _settle(alert: Alert, before: str, *, by: Actor, now: datetime) -> None:
    ended = ALERT.state(alert.state).terminal
    if ended and leaves_the_file(Reason(alert.close_reason)):
        archives.seal_sources(school_id=alert.school_id, student_id=alert.student_id, sources=[alert.id], at=now)
    record(
        by=by,
        action="alert.close" if ended else "alert.review",
        subject_kind="alert",
        subject_id=alert.id,
        student_id=alert.student_id,
        now=now,
        detail={"from": before, "to": alert.state, "reason": alert.close_reason, "level": alert.level},
    )
    if ended:
        publish(AlertClosed(alert.id, alert.school_id, alert.student_id, str(alert.close_reason)), by=by)
