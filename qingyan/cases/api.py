"""The front door of cases: begin one, and how many ask for this person today."""

from django.utils import timezone

from qingyan.cases.actions.opening import AlreadyOpen, NoCounsellor, open_case, open_from_alert
from qingyan.cases.contracts import NewSource
from qingyan.cases.queries import leader, lists
from qingyan.foundation.access.actor import Actor

__all__ = [
    "AlreadyOpen",
    "NewSource",
    "NoCounsellor",
    "due_today",
    "open_case",
    "open_from_alert",
    "waiting_for_leader",
]


def due_today(actor: Actor) -> int:
    """How many cases ask for this person today; 0 for those who may not read cases."""
    return lists.due_today(actor, timezone.now())


def waiting_for_leader(actor: Actor) -> int:
    """How many cases wait for this leader's word; 0 for those who are none."""
    return leader.waiting_count(actor)
