"""The writer comes back with the token: read what the school answered, and write again. Nobody signs in here.

Wrong tries slow the number that was tried, never an address: a computer room stands behind one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qingyan.concerns.actions.raising import address_of
from qingyan.concerns.actions.tokens import knock, knocks, opens
from qingyan.concerns.contracts import Kind
from qingyan.concerns.models.report import KINDS
from qingyan.concerns.queries.boxes import BOXES, Box, at_the_doors, readers_of
from qingyan.concerns.rules.reports import MOST_MESSAGES
from qingyan.concerns.rules.tokens import TOKEN_LENGTH, number_of
from qingyan.concerns.workflow import REPORT
from qingyan.foundation.access.actor import ANONYMOUS, Actor
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.printed_codes import read_code
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.people.api import remaining_wait


@dataclass(frozen=True)
class Shut:
    """The same answer for every token that does not open; `wait` in seconds."""

    wait: int


@dataclass(frozen=True)
class Said:
    """One message of the thread."""

    text: str
    at: datetime
    by_school: bool


@dataclass(frozen=True)
class Thread:
    """What the writer sees again: never who read it."""

    kind: str
    state: str
    first: Said
    messages: tuple[Said, ...]
    may_write: bool


def follow(*, school_id: int, token: str, now: datetime) -> Thread | Shut:
    """Open the thread by its token."""
    with at_the_doors(school_id):
        found = _found(school_id, token, now)
        if isinstance(found, Shut):
            return found
        report, box = found
        _record("concern.followed", report, now)
        return _thread(report, box)


def write_again(*, school_id: int, token: str, text: str, now: datetime) -> Thread | Shut:
    """Add a message; a closed report is open again. More than thirty are not taken, and the thread says so."""
    with at_the_doors(school_id) as keeper:
        found = _found(school_id, token, now)
        if isinstance(found, Shut):
            return found
        report, box = found
        if _written(report, box) < MOST_MESSAGES:
            box.messages.objects.create(report=report, school_id=school_id, text=text, at=now)
            _reopen(report)
            _record("concern.written_again", report, now)
            _tell(report, box, keeper, now)
        return _thread(report, box)


def _found(school_id: int, typed: str, now: datetime) -> tuple[Any, Box] | Shut:
    token = read_code(typed, length=TOKEN_LENGTH) or ""
    key = number_of(token)
    wait = remaining_wait(knocks(school_id=school_id, key=key, token=True, now=now), now=now) if key else 0
    if wait:
        return Shut(wait)
    for box in BOXES.values() if key else ():
        report = box.reports.objects.select_for_update().filter(school_id=school_id, number=key).first()
        if report is not None and opens(school_id=school_id, token=token, kept=report.secret_hash):
            return report, box
    if key:
        knock(school_id=school_id, key=key, token=True, now=now)
    return Shut(remaining_wait(knocks(school_id=school_id, key=key, token=True, now=now), now=now) if key else 0)


def _thread(report: Any, box: Box) -> Thread:
    rows = box.messages.objects.filter(report=report).order_by("at", "id")
    return Thread(
        kind=str(KINDS[Kind(report.kind)]),
        state=report.state,
        first=Said(report.text or "", report.received_at, by_school=False),
        messages=tuple(Said(one.text, one.at, one.by_id is not None) for one in rows),
        may_write=_written(report, box) < MOST_MESSAGES,
    )


def _written(report: Any, box: Box) -> int:
    return box.messages.objects.filter(report=report, by__isnull=True).count()


def _reopen(report: Any) -> None:
    try:
        report.state = REPORT.target(verb="write_again", origin=report.state)
    except NotAllowed:
        return  # it is open anyway
    report.closed_at = report.closed_by = report.taken_at = report.taken_by = None
    report.save(update_fields=["state", "closed_at", "closed_by", "taken_at", "taken_by"])


def _tell(report: Any, box: Box, keeper: Actor, now: datetime) -> None:
    readers = [report.taken_by_id] if report.taken_by_id else readers_of(box, report.school_id, on=now.date())
    key = f"{box.circle}/again/{report.id}/{int(now.timestamp() // 600)}"
    notifications.notify(to=readers, kind="letter", path=address_of(report, box), by=keeper, now=now, key=key)


def _record(action: str, report: Any, now: datetime) -> None:
    nobody = ANONYMOUS.at_school(report.school_id)
    record(by=nobody, action=action, subject_kind="report", subject_id=report.id, student_id=report.pupil, now=now)
