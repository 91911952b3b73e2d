"""What an alert weighs in the queue: level, trend against the pupil's own history, what others saw and said.

Done by the keeper of time when an alert is new, and every night again, because teachers and pupils go on speaking.
It changes the order and nothing else: not the level, not the owner, not a time limit.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from qingyan.alerts.models import Alert
from qingyan.alerts.queries import order_packs
from qingyan.alerts.queries.history import trends_of
from qingyan.alerts.rules.judging import HELP_REQUESTED
from qingyan.alerts.rules.ordering import Sign, place_at
from qingyan.alerts.rules.trend import Change, Trend
from qingyan.alerts.workflow import OPEN_STATES
from qingyan.concerns import api as concerns
from qingyan.foundation.access.actor import Actor
from qingyan.screening import api as screening

CANDIDATE = "candidate"  # the rule id of an alert that a round's second stage raised
LOOKED_BACK = timedelta(days=180)  # what a teacher saw before counts no more
AT_ONCE = 500


@dataclass(frozen=True)
class Around:
    """What is known about the pupils of some alerts beside the alerts themselves."""

    trends: dict[UUID, Trend]
    seen: dict[UUID, int]
    reported: set[UUID]
    rules: dict[UUID, set[str]]


def weigh(actor: Actor, alerts: Sequence[Alert], *, now: datetime) -> None:
    """Reckon these alerts' places anew. A fixed number of statements, and one for each alert whose place changed."""
    around = _around(actor, alerts, now)
    pack = order_packs.current()
    for alert in alerts:
        signs = _signs(alert, around)
        place = place_at(pack, alert.level, signs, raised_at=alert.raised_at) - timedelta(hours=alert.hint_hours)
        stored = [asdict(sign) for sign in signs]
        if alert.weighed_at is None or (place, stored) != (alert.place_at, alert.signs):
            Alert.objects.filter(id=alert.id).update(place_at=place, signs=stored, weighed_at=now)


def weigh_school(actor: Actor, *, now: datetime) -> int:
    """Every open alert of the school; returns how many there are."""
    open_ones = list(Alert.objects.filter(school_id=actor.school_id, state__in=OPEN_STATES).order_by("id"))
    for first in range(0, len(open_ones), AT_ONCE):
        weigh(actor, open_ones[first : first + AT_ONCE], now=now)
    return len(open_ones)


def weigh_new(actor: Actor, *, now: datetime) -> int:
    """Open alerts that nobody has weighed yet, the oldest first, at most AT_ONCE; returns how many."""
    rows = Alert.objects.filter(school_id=actor.school_id, state__in=OPEN_STATES, weighed_at__isnull=True)
    new = list(rows.order_by("raised_at", "id")[:AT_ONCE])
    if new:
        weigh(actor, new, now=now)
    return len(new)


def _around(actor: Actor, alerts: Sequence[Alert], now: datetime) -> Around:
    students = {alert.student_id for alert in alerts}
    rules: dict[UUID, set[str]] = {}
    rows = Alert.objects.filter(school_id=actor.school_id, sitting__in={alert.sitting_id for alert in alerts})
    for sitting, rule in rows.values_list("sitting_id", "rule"):
        rules.setdefault(sitting, set()).add(rule)
    return Around(
        trends=trends_of(actor, alerts),
        seen=screening.often_seen(actor, students, since=now - LOOKED_BACK),
        reported=concerns.pupils_with_open_concerns(actor, students),
        rules=rules,
    )


def _signs(alert: Alert, around: Around) -> list[Sign]:
    rules, trend = around.rules.get(alert.sitting_id, set()), around.trends.get(alert.sitting_id)
    found = []
    if HELP_REQUESTED in rules:
        found.append(Sign("asked"))
    if trend is not None and trend.change is Change.WORSE:
        found.append(Sign("worse", f"{trend.before:g} → {trend.now:g}"))
    if alert.student_id in around.reported:
        found.append(Sign("reported"))
    if alert.student_id in around.seen:
        found.append(Sign("seen"))
    if CANDIDATE in rules:
        found.append(Sign("candidate"))
    if len(rules - {HELP_REQUESTED, CANDIDATE}) > 1:
        found.append(Sign("several"))
    return found
