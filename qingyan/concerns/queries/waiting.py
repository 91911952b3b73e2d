"""Whether urgent reports wait: for the sweep, and for the leader, who reads times and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingyan.concerns.contracts import Urgency
from qingyan.concerns.policy import WATCH
from qingyan.concerns.queries.boxes import BOXES, Box, at_the_doors
from qingyan.concerns.workflow import RECEIVED
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require

MOST_SHOWN = 20


@dataclass(frozen=True)
class Waiting:
    """One report that nobody took. For the committee or the counsellors; nothing else is told."""

    since: datetime
    committee: bool


def urgent_untaken(box: Box, school_id: int | None) -> Any:
    """Urgent reports that nobody has taken, the oldest first."""
    rows = box.reports.objects.filter(school_id=school_id, state=RECEIVED, urgency=Urgency.NOW.value)
    return rows.order_by("received_at", "id")


def waiting(actor: Actor) -> list[Waiting]:
    """What waits at this school, the oldest first, at most twenty of each box. Raises NotVisible."""
    require(actor, WATCH)
    assert actor.school_id is not None
    with at_the_doors(actor.school_id):
        found = [
            Waiting(since, box.circle.value == "committee")
            for box in BOXES.values()
            for since in urgent_untaken(box, actor.school_id).values_list("received_at", flat=True)[:MOST_SHOWN]
        ]
    return sorted(found, key=lambda one: one.since)
