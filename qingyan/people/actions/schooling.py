"""Leave, return, leaving, graduation, coming back: one verb of the workflow SCHOOLING for one pupil."""

from datetime import date, datetime

from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations import api as organisations
from qingyan.people.actions import standing
from qingyan.people.models import Enrolment, Student, Transfer
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.workflow import ENROLLED, SCHOOLING


class Refused(Exception):
    """The step is not possible; `code` says why: state, class, day, transfer."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def take_step(  # noqa: PLR0913 (what a form of one step says)
    *, student: Student, verb: str, on: date, class_id: int | None = None, note: str = "", by: Actor, now: datetime
) -> Student:
    """Take the step as of the day `on`; slips and sessions end at once. Raises NotVisible, Refused."""
    require(by, MANAGE_FILES, student)
    row = Student.objects.select_for_update().get(pk=student.pk)
    origin = row.state
    try:
        target = SCHOOLING.target(verb=verb, origin=origin, given={"school_class": class_id})
    except (NotAllowed, KeyError) as error:
        raise Refused("class" if "needs" in str(error) else "state") from error
    _check(row, on, class_id, now)
    standing.place(row, class_id if target == ENROLLED else None, state=target, on=on)
    standing.note_step(row, verb, (origin, target), by=by, now=now, note=note, place=f"{on:%Y-%m-%d}")
    standing.shut_door([row.id], school_id=row.school_id, now=now)
    detail = {"verb": verb, "from": origin, "to": target, "on": f"{on:%Y-%m-%d}"}
    record(
        by=by,
        action="file.step",
        subject_kind="student",
        subject_id=row.id,
        student_id=row.id,
        detail=detail,
        now=now,
    )
    standing.announce_classes(row.school_id, now)
    return row


def _check(row: Student, on: date, class_id: int | None, now: datetime) -> None:
    """Not before the present enrolment began, not in the future, into a class of this year, and not amid a transfer."""
    newest = Enrolment.objects.filter(student_id=row.id).order_by("-starts_on").first()
    if on > timezone.localdate(now) or (newest and on < max(newest.starts_on, newest.ends_on or newest.starts_on)):
        raise Refused("day")
    if class_id is not None and class_id not in {one.id for one in organisations.classes_of(row.school_id, now=now)}:
        raise Refused("class")
    if Transfer.objects.filter(subject=row.id, state__in=("asked", "offered")).exists():
        raise Refused("transfer")
