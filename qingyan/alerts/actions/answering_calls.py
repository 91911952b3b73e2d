"""What a leader or a deputy who is no counsellor does with an alert that came to them: see whom to go to, and say so.

They see the name, the class, how urgent it is and the steps; no answer, no reason, no score. The sight for it is lent
for this one reading of alerts that are theirs, and each look is recorded before it is shown.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.acknowledging import acknowledge
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import ACKNOWLEDGE, READ_DUTY
from qingyan.alerts.queries import packs
from qingyan.alerts.queries.queue import URGENCY, waiting_states
from qingyan.alerts.workflow import OPEN_STATES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record

LENT = frozenset({Sight.ALERTS, Sight.IDENTITY, Sight.DUTY})
SHOWN = 30


@dataclass(frozen=True)
class Call:
    """An alert that came to somebody, with what they may know of it."""

    alert_id: UUID
    name: str
    school_class: str
    level: str
    level_words: str
    since: datetime
    waits: bool
    steps: tuple[str, ...]


def open_calls(*, by: Actor, now: datetime) -> list[Call]:
    """The open alerts that are this person's own, the most urgent first; each look is recorded."""
    require(by, READ_DUTY)
    with entered(_lent(by)):
        rows = Alert.objects.filter(permitted_rows(by, ACKNOWLEDGE), owner_id=by.id, state__in=OPEN_STATES)
        urgent = rows.annotate(urgency=URGENCY).order_by("urgency", "raised_at", "id")
        found = list(urgent.select_related("student", "school_class")[:SHOWN])
        for alert in found:
            record(
                by=by,
                action="alert.call_read",
                subject_kind="alert",
                subject_id=alert.id,
                student_id=alert.student_id,
                now=now,
            )
        return [_call(alert) for alert in found]


def calls_waiting(actor: Actor) -> int:
    """How many red alerts that are this person's own nobody has acknowledged: a figure, no row is shown."""
    with entered(_lent(actor)):
        rows = Alert.objects.filter(permitted_rows(actor, ACKNOWLEDGE), owner_id=actor.id, level="red")
        return rows.filter(state__in=waiting_states()).count()


def answer_call(*, alert_id: UUID, by: Actor, now: datetime) -> Alert:
    """`by`, who owns it, takes charge. Raises NotVisible for anybody else's, NotAllowed, Refused."""
    with entered(_lent(by)):
        rows = Alert.objects.select_for_update(of=("self",)).filter(permitted_rows(by, ACKNOWLEDGE), id=alert_id)
        alert = rows.filter(owner_id=by.id).first()
        if alert is None:
            raise NotVisible(ACKNOWLEDGE.code)
        return acknowledge(alert=alert, by=by, note="", now=now)


def _lent(by: Actor) -> Actor:
    return replace(by, extra_sight=by.extra_sight | LENT)


def _call(alert: Alert) -> Call:
    return Call(
        alert_id=alert.id,
        name=alert.student.name,
        school_class=str(alert.school_class),
        level=alert.level,
        level_words=alert.get_level_display(),
        since=alert.owner_since or alert.raised_at,
        waits=alert.state in waiting_states(),
        steps=packs.current().levels[alert.level].steps,
    )
