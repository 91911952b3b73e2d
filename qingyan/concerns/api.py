"""The front door of concerns: whom a school's help page names, and how many reports wait for the actor."""

from qingyan.concerns.actions.handling import join_case
from qingyan.concerns.contracts import Circle, ConcernFacts
from qingyan.concerns.queries.boxes import BOXES
from qingyan.concerns.queries.on_duty import register_duty
from qingyan.concerns.queries.reports import concern_facts, pupils_with_open_concerns, report_traces, waiting_count
from qingyan.foundation.access.actor import Actor

__all__ = [
    "ConcernFacts",
    "concern_facts",
    "join_case",
    "pupils_with_open_concerns",
    "register_duty",
    "report_traces",
    "waiting_bullying",
    "waiting_concerns",
]


def waiting_concerns(actor: Actor) -> int:
    """Reports to the counsellors that nobody has taken; 0 for those who may not read them."""
    return waiting_count(actor, BOXES[Circle.COUNSELLOR])


def waiting_bullying(actor: Actor) -> int:
    """The same for the committee."""
    return waiting_count(actor, BOXES[Circle.COMMITTEE])
