"""The front door of alerts: judge a sheet, load alerts in bulk, count what waits."""

from collections.abc import Mapping, Sequence

from qingyan.alerts.actions.raising import COLUMNS, alert_values, file_entry
from qingyan.alerts.contracts import Finding, SheetFacts
from qingyan.alerts.queries import evidence, packs, queue
from qingyan.alerts.rules import asked_for_help
from qingyan.alerts.rules import evaluate as judge
from qingyan.alerts.rules import evaluate_at_once as judge_at_once
from qingyan.foundation.access.actor import Actor
from qingyan.instruments.contracts import Scores

__all__ = [
    "COLUMNS",
    "Finding",
    "SheetFacts",
    "alert_values",
    "evaluate",
    "evaluate_saved",
    "file_entry",
    "help_requested",
    "pack_name",
    "pack_is_signed",
    "unacknowledged_count",
]


def evaluate(
    instrument: str, version: str, answers: Sequence[int | None], scores: Scores, age: int | None
) -> list[Finding]:
    """Findings on a finished sheet, the most urgent first. `answers` in the order of the sheet's items."""
    return judge(packs.current(), evidence.of_finished_sheet(instrument, version, answers, scores, age))


def evaluate_saved(instrument: str, version: str, saved: Mapping[int, int], age: int | None) -> list[Finding]:
    """What the answers just saved say at once; `saved` is item index (from 0) -> stored value."""
    items = evidence.item_ids(instrument, version)
    seen = evidence.of_saved_answers(instrument, version, saved, age)
    return judge_at_once(packs.current(), seen, saved=[items[index] for index in saved])


def help_requested() -> Finding:
    """The finding that a pupil asked for a talk."""
    return asked_for_help(packs.current())


def unacknowledged_count(actor: Actor) -> int:
    """How many sheets have an alert that nobody has taken; 0 for those who may not read alerts."""
    return queue.waiting_sheets(actor)


def pack_name() -> str:
    """The rule pack in force, e.g. "default 1.0"."""
    return packs.current().name


def pack_is_signed() -> bool:
    """Whether a clinician has signed the pack in force."""
    return packs.current().signed_by is not None
