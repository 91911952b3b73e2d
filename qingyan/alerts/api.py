"""The front door of alerts: judge a sheet, load alerts in bulk, count what waits, hand an alert over to a case."""

from datetime import datetime
from uuid import UUID

from qingyan.alerts.actions.handing_over import hand_over, seal_with_case
from qingyan.alerts.actions.hinting import set_order_hints
from qingyan.alerts.actions.raising import COLUMNS, alert_values, file_entry
from qingyan.alerts.contracts import AlertClock, AlertFacts, AlertTrace, Finding, Hint, HintWords, SheetFacts
from qingyan.alerts.policy import READ_ALERTS, READ_DUTY
from qingyan.alerts.queries import duty_page, order_packs, packs, queue, settled, triage
from qingyan.alerts.queries.evidence import finding_of_help as help_requested
from qingyan.alerts.queries.evidence import findings_on_saved as evaluate_saved
from qingyan.alerts.queries.evidence import findings_on_sheet as evaluate
from qingyan.alerts.queries.settled import open_of_report
from qingyan.alerts.queries.traces import clocks, open_ids, traces
from qingyan.alerts.rules.reports import level_of as level_of_report
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed

__all__ = [
    "COLUMNS",
    "AlertClock",
    "AlertFacts",
    "AlertTrace",
    "Finding",
    "Hint",
    "HintWords",
    "SheetFacts",
    "alert_values",
    "clocks",
    "evaluate",
    "evaluate_saved",
    "facts_of",
    "file_entry",
    "hand_over",
    "hears_of_urgent_alerts",
    "help_requested",
    "level_of_report",
    "open_ids",
    "open_of_report",
    "pack_is_signed",
    "pack_name",
    "seal_with_case",
    "set_order_hints",
    "talks_a_day",
    "traces",
    "unacknowledged_count",
    "unanswered_count",
    "unsettled",
]


def unacknowledged_count(actor: Actor) -> int:
    """How many sheets have an alert that nobody has taken; 0 for those who may not read alerts."""
    return queue.waiting_sheets(actor)


def unanswered_count(actor: Actor) -> int:
    """How many schools' urgent alerts wait for the district to ring up; 0 for those who are not asked."""
    return duty_page.open_district_calls(actor)


def hears_of_urgent_alerts(actor: Actor) -> bool:
    """Whether an open page of this actor asks for urgent alerts (alerts:live), at the school where they stand."""
    return actor.school_id is not None and (allowed(actor, READ_ALERTS) or allowed(actor, READ_DUTY))


def pack_name() -> str:
    """The rule pack in force, e.g. "default/1.0"."""
    return packs.current().name


def pack_is_signed() -> bool:
    """Whether a clinician has signed the pack in force."""
    return packs.current().signed_by is not None


def facts_of(actor: Actor, alert_id: UUID) -> AlertFacts | None:
    """Whose alert it is and how urgent, or None when the actor sees no such alert."""
    return settled.facts_of(actor, alert_id)


def unsettled(*, school_id: int, student_id: UUID) -> int:
    """How many alerts of this pupil nobody has settled; a case does not end over them."""
    return settled.unsettled(school_id=school_id, student_id=student_id)


def talks_a_day(actor: Actor, now: datetime) -> int:
    """How many talks the counsellors of the actor's school who are here can carry in a day."""
    return order_packs.current().capacity.talks_a_day * triage.counsellors_here(actor, now)
