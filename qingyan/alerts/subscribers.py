"""What alerts does, inside the transaction of the pupil's answer, when screening announces a fact.

An error here undoes the saving of the answer, and the pupil's page sends it again: no answer is stored without its
alert.
"""

from typing import Any

from qingyan.alerts.actions.raising import raise_findings
from qingyan.alerts.contracts import Finding, SheetFacts
from qingyan.alerts.queries.evidence import finding_of_help, findings_on_saved, findings_on_sheet
from qingyan.foundation.events.api import subscribe
from qingyan.screening.events import AnswerSaved, AnswerSheetScored, HelpRequested

Event = AnswerSaved | AnswerSheetScored | HelpRequested


def on_answer_saved(event: AnswerSaved, cursor: Any) -> None:
    """A single critical answer is judged at once."""
    saved = {event.item: event.value}
    _raise(event, cursor, findings_on_saved(event.instrument, event.version, saved, event.age))


def on_answer_sheet_scored(event: AnswerSheetScored, cursor: Any) -> None:
    """The whole sheet is judged when it is handed in; what was found before is not raised again."""
    _raise(event, cursor, findings_on_sheet(event.instrument, event.version, event.answers, event.scores, event.age))


def on_help_requested(event: HelpRequested, cursor: Any) -> None:
    """Asking for a talk is answered like an alert, whatever the answers say."""
    _raise(event, cursor, [finding_of_help()])


def listen() -> None:
    """Register the handlers; called when the application starts."""
    subscribe(AnswerSaved, on_answer_saved, in_transaction=True)
    subscribe(AnswerSheetScored, on_answer_sheet_scored, in_transaction=True)
    subscribe(HelpRequested, on_help_requested, in_transaction=True)


def _raise(event: Event, cursor: Any, findings: list[Finding]) -> None:
    sheet = SheetFacts(
        school_id=event.school,
        school_class_id=event.school_class,
        student_id=event.student,
        sitting_id=event.sitting,
        instrument=event.instrument,
    )
    raise_findings(cursor=cursor, sheet=sheet, findings=findings, now=event.at, request=event.request)
