"""The leader as second reader, where a school has no other counsellor: name, class and the proposed reason, no answer.

The counsellor's words stay sealed to the leader; the two of them talk. Each look is recorded before it is shown.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.closing import confirm, send_back
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import READ_ALERTS, REVIEW
from qingyan.alerts.workflow import REVIEW as IN_REVIEW
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, allowed, permitted_rows
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record

LENT = frozenset({Sight.ALERTS, Sight.IDENTITY, Sight.DUTY, Sight.FILE})
SHOWN = 30


@dataclass(frozen=True)
class Proposal:
    """That somebody wants to close a red alert, with what a leader may know of it."""

    alert_id: UUID
    name: str
    school_class: str
    level: str
    level_words: str
    by: str
    at: datetime | None
    reason: str


def proposals(*, by: Actor, now: datetime) -> list[Proposal]:
    """What waits for this leader's review, the oldest first; nothing for counsellors, who read it on its own page."""
    if not allowed(by, REVIEW) or allowed(by, READ_ALERTS):
        return []
    with entered(_lent(by)):
        rows = Alert.objects.filter(permitted_rows(by, REVIEW), state=IN_REVIEW).exclude(closed_by_id=by.id)
        found = list(rows.select_related("student", "school_class", "closed_by").order_by("closed_at", "id")[:SHOWN])
        for alert in found:
            record(
                by=by,
                action="alert.review_read",
                subject_kind="alert",
                subject_id=alert.id,
                student_id=alert.student_id,
                now=now,
            )
        return [_proposal(alert) for alert in found]


def answer_proposal(*, alert_id: UUID, agrees: bool, by: Actor, now: datetime) -> Alert:
    """The leader confirms or returns it. Raises NotVisible, NotAllowed, Refused."""
    if not allowed(by, REVIEW):
        raise NotVisible(REVIEW.code)
    with entered(_lent(by)):
        rows = Alert.objects.select_for_update(of=("self",)).filter(permitted_rows(by, REVIEW), id=alert_id)
        alert = rows.filter(state=IN_REVIEW).first()
        if alert is None:
            raise NotVisible(REVIEW.code)
        return (confirm if agrees else send_back)(alert=alert, by=by, now=now)


def _lent(by: Actor) -> Actor:
    return replace(by, extra_sight=by.extra_sight | LENT)


def _proposal(alert: Alert) -> Proposal:
    return Proposal(
        alert_id=alert.id,
        name=alert.student.name,
        school_class=str(alert.school_class),
        level=alert.level,
        level_words=alert.get_level_display(),
        by=alert.closed_by.name if alert.closed_by else "",
        at=alert.closed_at,
        reason=alert.close_reason,
    )
