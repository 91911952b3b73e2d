"""What the people of a circle do with a report: open it, take it, answer, say whom it is about, close it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from qingyan.concerns.actions.raising import tell_higher_domains
from qingyan.concerns.contracts import Circle, Outcome
from qingyan.concerns.queries.boxes import BOXES, Box
from qingyan.concerns.queries.reports import reports
from qingyan.concerns.workflow import RECEIVED, REPORT, TAKEN
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.people import api as people


def look_at_list(*, box: Box, shown: int, by: Actor, now: datetime) -> None:
    """That a page of the list was looked at, and how many lines it showed."""
    require(by, box.read)
    detail = {"shown": shown}
    record(by=by, action="concern.list", subject_kind="box", subject_id=box.circle, now=now, detail=detail)


def open_report(*, box: Box, report_id: UUID, by: Actor, now: datetime) -> Any:
    """The report; the look is recorded first, in this transaction. Raises NotVisible."""
    require(by, box.read)
    report = reports(by, box).filter(id=report_id).first()
    if report is None:
        raise NotVisible(box.read.code)
    _record("concern.read", report, by=by, now=now)
    return report


def take(*, box: Box, report_id: UUID, by: Actor, now: datetime) -> Any:
    """A named person takes charge. Raises NotAllowed when somebody has."""
    report = _held(box, report_id, by)
    report.state = REPORT.target(verb="take", origin=report.state)
    report.taken_by_id, report.taken_at = by.id, now
    report.save(update_fields=["state", "taken_by", "taken_at"])
    _record("concern.taken", report, by=by, now=now)
    return report


def answer(*, box: Box, report_id: UUID, text: str, by: Actor, now: datetime) -> None:
    """Write into the thread; the writer reads it with the token. Raises NotAllowed when nobody can read it."""
    report = _held(box, report_id, by)
    if not report.secret_hash:
        raise NotAllowed("answer")
    box.messages.objects.create(report=report, school_id=report.school_id, text=text, at=now, by_id=by.id)
    _record("concern.answered", report, by=by, now=now)


def name_pupil(*, box: Box, report_id: UUID, student_id: UUID, by: Actor, now: datetime) -> Any:
    """Say whom it is about. For counsellors the fact is announced again, now with the pupil.

    Raises NotVisible; NotAllowed once the pupil who is named is at another school: nobody else takes the place.
    """
    report = _held(box, report_id, by)
    if _moved_away(report, by):
        raise NotAllowed("name")
    pupil = people.pupil(by, student_id)
    if pupil is None:
        raise NotVisible(box.handle.code)
    report.pupil, report.school_class_id = pupil.id, pupil.school_class
    report.save(update_fields=["pupil", "school_class"])
    _record("concern.pupil_named", report, by=by, now=now)
    if box.circle is Circle.COUNSELLOR:
        tell_higher_domains(report, at=now, request=by.request_id)
    return report


def bring_in(*, box: Box, report_id: UUID, by: Actor, now: datetime) -> None:
    """The committee asks the counsellors to care for the pupil too: they learn that, and no word of the report.

    Raises NotAllowed while nobody has said whom it is about, and when the pupil belongs to another school now.
    """
    report = _held(box, report_id, by)
    if report.pupil is None or _moved_away(report, by) or box.circle is not Circle.COMMITTEE:
        raise NotAllowed("bring_in")
    _record("concern.brought_in", report, by=by, now=now)
    tell_higher_domains(report, at=now, request=by.request_id)


def _moved_away(report: Any, by: Actor) -> bool:
    """Whether the pupil who is named belongs to another school now. The report stays here (models/report.py)."""
    return report.pupil is not None and people.pupil(by, report.pupil) is None


def close(*, box: Box, report_id: UUID, outcome: Outcome, note: str, by: Actor, now: datetime) -> Any:
    """The matter has ended, and how. Whoever closes an untaken one takes it first. Raises NotAllowed."""
    report = _held(box, report_id, by)
    if report.state != TAKEN:
        report = take(box=box, report_id=report_id, by=by, now=now)
    report.state = REPORT.target(verb="close", origin=report.state, given={"outcome": outcome})
    report.closed_by_id, report.closed_at, report.outcome, report.note = by.id, now, outcome.value, note or None
    report.save(update_fields=["state", "closed_by", "closed_at", "outcome", "note"])
    _record("concern.closed", report, by=by, now=now, outcome=outcome.value)
    return report


def join_case(*, report_id: UUID, case_id: UUID, by: Actor, now: datetime) -> Any:
    """A report to the counsellors led to a case: who opens the case has taken it. It stays open until it is closed.

    Raises NotVisible.
    """
    report = _held(BOXES[Circle.COUNSELLOR], report_id, by)
    if report.state == RECEIVED:
        report = take(box=BOXES[Circle.COUNSELLOR], report_id=report_id, by=by, now=now)
    _record("concern.in_case", report, by=by, now=now, case=str(case_id))
    return report


def _held(box: Box, report_id: UUID, by: Actor) -> Any:
    """The report, held until the transaction ends, so that two people cannot take it at once."""
    require(by, box.handle)
    report = reports(by, box).select_for_update(of=("self",)).filter(id=report_id).first()
    if report is None:
        raise NotVisible(box.handle.code)
    require(by, box.handle, report)
    return report


def _record(action: str, report: Any, *, by: Actor, now: datetime, **detail: str) -> None:
    record(
        by=by,
        action=action,
        subject_kind="report",
        subject_id=report.id,
        student_id=report.pupil,
        now=now,
        detail={"kind": report.kind, "state": report.state, **detail},
    )
