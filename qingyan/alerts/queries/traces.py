"""Traces of alerts for the domain that orders them: facts without a word, of the school whose scope is entered.

Who may see them is decided there and by the scope (gate "alerts").
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qingyan.alerts.contracts import AlertClock, AlertTrace
from qingyan.alerts.models import Alert
from qingyan.alerts.workflow import OPEN_STATES, SEALED
from qingyan.foundation.access.actor import Actor

FIELDS = ("id", "student_id", "sitting_id", "report", "level", "rule", "signs", "raised_at", "state", "close_reason")


def traces(actor: Actor, *, since: datetime | None = None) -> list[AlertTrace]:
    """Alerts of the actor's school raised since then (None: ever), and every open one; the oldest first. One query."""
    rows = Alert.objects.filter(school_id=actor.school_id)
    if since is not None:
        rows = rows.filter(Q(state__in=OPEN_STATES) | Q(raised_at__gte=since))
    found = rows.order_by("raised_at", "id").only(*FIELDS, "due_at", "place_at", "hint_hours")
    return [_trace(row) for row in found.iterator(chunk_size=2000)]


def clocks(actor: Actor, *, first: datetime, after: datetime) -> list[AlertClock]:
    """Alerts of the actor's school raised in this span, for counting. One query."""
    rows = Alert.objects.filter(school_id=actor.school_id, raised_at__gte=first, raised_at__lt=after)
    fields = ("student_id", "level", "raised_at", "due_at", "acknowledged_at", "closed_at", "state")
    return [
        AlertClock(student, level, raised, due, taken or closed, state == SEALED)
        for student, level, raised, due, taken, closed, state in rows.values_list(*fields)
    ]


def open_ids(found: list[AlertTrace]) -> set[UUID]:
    """Those of them that wait for somebody, or are in hand."""
    return {one.id for one in found if one.state in OPEN_STATES}


def _trace(row: Alert) -> AlertTrace:
    return AlertTrace(
        id=row.id,
        student=row.student_id,
        thing=row.sitting_id or row.report,
        level=row.level,
        rule=row.rule,
        signs=frozenset(sign["code"] for sign in row.signs),
        raised_at=row.raised_at,
        due_at=row.due_at,
        state=row.state,
        close_reason=row.close_reason,
        place_at=row.place_at,
        hint_hours=row.hint_hours,
    )
