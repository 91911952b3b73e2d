"""A higher domain brings alerts forward in the queue, with its reasons; or takes back what it had said.

A hint changes the place and nothing else: no level, no owner, no time limit. It cannot move an alert back, and it is
bounded far below what a red level weighs, so that red leads whatever it says.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from qingyan.alerts.contracts import Hint
from qingyan.alerts.models import Alert
from qingyan.alerts.policy import HINT_ORDER
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record

MOST_HOURS = 240
COLUMNS = ("place_at", "hint_hours", "hint_because")


def set_order_hints(*, hints: Mapping[UUID, Hint], by: Actor, now: datetime) -> int:
    """From now on these and no other alerts of the actor's school have a hint. Returns how many were changed.

    Raises NotVisible, and ValueError for hours outside 0 to MOST_HOURS.
    """
    require(by, HINT_ORDER)
    if any(not 0 <= one.hours <= MOST_HOURS for one in hints.values()):
        raise ValueError("a hint brings an alert forward, within bounds")
    here = Alert.objects.select_for_update().filter(school_id=by.school_id).order_by("id")
    rows = list(here.filter(id__in=hints)) + list(here.filter(hint_hours__gt=0).exclude(id__in=hints))
    changed = [row for row in rows if _changes(row, hints.get(row.id, Hint(0, ())))]
    Alert.objects.bulk_update(changed, COLUMNS, batch_size=500)
    if changed:
        detail = {"changed": len(changed), "hinted": sum(one.hours > 0 for one in hints.values())}
        record(by=by, action="alert.hint_order", subject_kind="school", subject_id=by.school_id, now=now, detail=detail)
    return len(changed)


def _changes(row: Alert, hint: Hint) -> bool:
    because = [asdict(one) for one in hint.because]
    if (row.hint_hours, row.hint_because) == (hint.hours, because):
        return False
    row.place_at += timedelta(hours=row.hint_hours - hint.hours)
    row.hint_hours, row.hint_because = hint.hours, because
    return True
