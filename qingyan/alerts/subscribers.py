"""What alerts does, inside the transaction of the pupil's answer, when screening announces a fact.

An error here undoes the saving of the answer, and the pupil's page sends it again: no answer is stored without its
alert.
"""

from collections.abc import Sequence
from typing import Any

from qingyan.alerts.actions.raising import Raising, raise_findings, raise_together
from qingyan.alerts.contracts import Finding, SheetFacts
from qingyan.alerts.queries.evidence import finding_of_help, findings_on_saved, findings_on_sheet
from qingyan.alerts.rules.reports import finding_of_report
from qingyan.concerns.events import ConcernRaised
from qingyan.foundation.events.api import hear_together, subscribe
from qingyan.screening.events import AnswerSaved, AnswerSheetScored, HelpRequested

Event = AnswerSaved | AnswerSheetScored | HelpRequested


def on_answer_saved(event: AnswerSaved, cursor: Any) -> None:
    """A single critical answer is judged at once."""
    _raise(event, cursor, _findings(event))


def on_answer_sheet_scored(event: AnswerSheetScored, cursor: Any) -> None:
    """The whole sheet is judged when it is handed in; what was found before is not raised again."""
    _raise(event, cursor, _findings(event))


def on_many(events: Sequence[AnswerSaved | AnswerSheetScored], cursor: Any) -> None:
    """The same for answers that are stored together: each is judged by itself, the alerts are stored at once."""
    judged = [(event, _findings(event)) for event in events]
    wanted = [
        Raising(_sheet(event), finding, event.at, event.request) for event, findings in judged for finding in findings
    ]
    if wanted:
        raise_together(cursor=cursor, wanted=wanted)


def on_help_requested(event: HelpRequested, cursor: Any) -> None:
    """Asking for a talk is answered like an alert, whatever the answers say."""
    _raise(event, cursor, [finding_of_help()])


def on_concern_raised(event: ConcernRaised, cursor: Any) -> None:
    """A report about a known pupil is an alert too. Without a pupil, or without a class, its own readers have it."""
    finding = finding_of_report(event.kind, event.urgency)
    if finding is None or event.student is None or event.school_class is None:
        return
    facts = SheetFacts(
        event.school, event.school_class, event.student, sitting_id=None, instrument="", report=event.report
    )
    raise_findings(cursor=cursor, sheet=facts, findings=[finding], now=event.at, request=event.request)


def listen() -> None:
    """Register the handlers; called when the application starts."""
    subscribe(AnswerSaved, on_answer_saved, in_transaction=True)
    subscribe(AnswerSheetScored, on_answer_sheet_scored, in_transaction=True)
    hear_together(on_answer_saved, on_many)
    hear_together(on_answer_sheet_scored, on_many)
    subscribe(HelpRequested, on_help_requested, in_transaction=True)
    subscribe(ConcernRaised, on_concern_raised, in_transaction=True)


def _findings(event: AnswerSaved | AnswerSheetScored) -> list[Finding]:
    if isinstance(event, AnswerSaved):
        return findings_on_saved(event.instrument, event.version, {event.item: event.value}, event.age, event.marks)
    return findings_on_sheet(event.instrument, event.version, event.answers, event.scores, event.age, event.marks)


def _raise(event: Event, cursor: Any, findings: list[Finding]) -> None:
    raise_findings(cursor=cursor, sheet=_sheet(event), findings=findings, now=event.at, request=event.request)


def _sheet(event: Event) -> SheetFacts:
    return SheetFacts(
        school_id=event.school,
        school_class_id=event.school_class,
        student_id=event.student,
        sitting_id=event.sitting,
        instrument=event.instrument,
    )
