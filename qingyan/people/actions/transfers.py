"""Transfers between schools of the city: ask, offer, accept, decline, withdraw.

Each changes both copies in one transaction, entering the other school's scope for its copy (ADR 0012). The receiving
school sees its copy and nothing else until it accepts; then the whole file moves and the old school sees it no more.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations import api as organisations
from qingyan.people.actions import resealing, standing
from qingyan.people.contracts import AskedPerson
from qingyan.people.models import Student, Transfer
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries.transfers import number_is_taken, open_transfer_like, suggested_student
from qingyan.people.workflow import ACCEPTED, ASKED, DECLINED, ENROLLED, IN, OFFERED, ON_LEAVE, OUT, TRANSFER, WITHDRAWN

PURPOSE = "transfer between schools"


class Refused(Exception):
    """The step is not possible; `code` says why: state, school, class, reason, open, student, number, bound."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def ask(*, person: AskedPerson, from_school_id: int, by: Actor, now: datetime, by_number: bool = False) -> Transfer:
    """The actor's school asks another one for a pupil who came; asking again gives the open request.

    Nothing of the other school is looked up for the asker: whether the pupil is there only its own school learns.
    `by_number`: the asker does not know which school it is (ADR 0011), and reads that once the school has agreed.
    """
    require(by, MANAGE_FILES)
    known = open_transfer_like(by, person, from_school_id)
    if known is not None:
        return known
    mine, theirs = _pair(by.school_id, from_school_id, IN, now=now)
    mine.by_number = by_number
    with entered(standing.platform_at(theirs.school_id, PURPOSE)):
        theirs.subject = suggested_student(theirs.school_id, person)
    return _open(mine, theirs, person, ASKED, by=by, now=now)


def offer(*, student: Student, to_school_id: int, by: Actor, now: datetime) -> Transfer:
    """The actor's school offers a pupil to another one, unasked. Raises NotVisible, Refused."""
    require(by, MANAGE_FILES, student)
    row = Student.objects.select_for_update().get(pk=student.pk)
    if row.state not in (ENROLLED, ON_LEAVE):
        raise Refused("student")
    if Transfer.objects.filter(subject=row.id, state=OFFERED, direction=OUT).exists():
        raise Refused("open")
    mine, theirs = _pair(by.school_id, to_school_id, OUT, now=now)
    mine.subject = theirs.subject = row.id
    person = AskedPerson(row.name, row.sex, row.birth_date)
    try:
        with transaction.atomic():
            return _open(mine, theirs, person, OFFERED, by=by, now=now)
    except IntegrityError as error:
        raise Refused("open") from error


def release(*, transfer: Transfer, student: Student, by: Actor, now: datetime) -> Transfer:
    """The sending school answers a request: this pupil is meant and may go. Raises NotVisible, Refused."""
    require(by, MANAGE_FILES, student)
    row = _locked(transfer, OUT, by)
    target = _target(row, "offer", student=student.id)
    pupil = Student.objects.select_for_update().get(pk=student.pk)
    if pupil.state not in (ENROLLED, ON_LEAVE):
        raise Refused("student")
    try:
        with transaction.atomic():
            return _both(row, target, by=by, now=now, subject=pupil.id)
    except IntegrityError as error:
        raise Refused("open") from error


def accept(*, transfer: Transfer, class_id: int | None, by: Actor, now: datetime) -> Student:
    """The receiving school takes the pupil into a class; the whole file moves here. Raises NotVisible, Refused.

    "number": a file here has the same number already; "bound": something of the pupil cannot move. Nothing has changed.
    """
    row = _locked(transfer, IN, by)
    target = _target(row, "accept", school_class=class_id)
    if class_id not in {one.id for one in organisations.classes_of(row.school_id, now=now)} or row.subject is None:
        raise Refused("class")
    try:
        with transaction.atomic():
            _move(row, now=now, by=by)
    except IntegrityError as error:
        raise Refused("bound") from error
    with entered(standing.with_all_sight(by)):
        pupil = Student.objects.get(pk=row.subject)
        state, old = pupil.state, organisations.schools_by_id([row.other_school_id])[0]
        standing.place(pupil, class_id if state == ENROLLED else None, state=state, on=timezone.localdate(now))
        standing.note_step(pupil, "transfer", (state, state), by=by, now=now, place=old.name)
    _both(row, target, by=by, now=now)
    standing.announce_classes(row.school_id, now)
    return pupil


def decline(*, transfer: Transfer, reason: str, by: Actor, now: datetime) -> Transfer:
    """The school that is waited for says no, with a reason that both read. Raises NotVisible, Refused."""
    row = _locked(transfer, None, by)
    if _waits_for(row) != row.direction:
        raise Refused("state")
    return _both(row, _target(row, "decline", reason=reason.strip()), by=by, now=now, reason=reason.strip())


def withdraw(*, transfer: Transfer, by: Actor, now: datetime) -> Transfer:
    """The school that waits takes its request or offer back. Raises NotVisible, Refused."""
    row = _locked(transfer, None, by)
    if _waits_for(row) == row.direction:
        raise Refused("state")
    return _both(row, _target(row, "withdraw"), by=by, now=now)


def _waits_for(row: Transfer) -> str:
    return OUT if row.state == ASKED else IN


def _target(row: Transfer, verb: str, **given: object) -> str:
    try:
        return TRANSFER.target(verb=verb, origin=row.state, given=given)
    except NotAllowed as error:
        raise Refused(next(iter(given)) if "needs" in str(error) else "state") from error


def _locked(transfer: Transfer, direction: str | None, by: Actor) -> Transfer:
    """The actor's copy, locked. Everybody locks the sending school's copy first, so that two never wait in a ring."""
    require(by, MANAGE_FILES, transfer)
    with entered(standing.platform_at(_sender(transfer), PURPOSE)):
        list(Transfer.objects.select_for_update().filter(pair=transfer.pair))
    row = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if direction is not None and row.direction != direction:
        raise Refused("state")
    return row


def _sender(row: Transfer) -> int:
    return row.school_id if row.direction == OUT else row.other_school_id


def _pair(here: int | None, there: int, mine: str, *, now: datetime) -> tuple[Transfer, Transfer]:
    if here is None or here == there or not organisations.schools_by_id([there]):
        raise Refused("school")
    other = OUT if mine == IN else IN
    common = {"pair": uuid4(), "opened_at": now, "waiting_since": now}
    return (
        Transfer(school_id=here, other_school_id=there, direction=mine, **common),
        Transfer(school_id=there, other_school_id=here, direction=other, **common),
    )


def _open(mine: Transfer, theirs: Transfer, person: AskedPerson, state: str, *, by: Actor, now: datetime) -> Transfer:
    for copy, actor in ((mine, by), (theirs, standing.platform_at(theirs.school_id, PURPOSE))):
        copy.state, copy.name, copy.sex = state, person.name, person.sex
        copy.born = f"{person.birth_date:%Y-%m-%d}" if person.birth_date else None
        copy.by_id = standing.account_of(by) if copy is mine else None
        with entered(actor):
            copy.save(force_insert=True)
            _record(copy, f"transfer.{state}", by=by, now=now)
    return mine


def _both(
    row: Transfer, state: str, *, by: Actor, now: datetime, reason: str = "", subject: UUID | None = None
) -> Transfer:
    """Bring both copies into this state, and leave a line in both trails."""
    for school_id in (row.other_school_id, row.school_id):
        with entered(standing.platform_at(school_id, PURPOSE)):
            copy = Transfer.objects.select_for_update().get(pair=row.pair)
            copy.state, copy.waiting_since = state, now
            copy.closed_at = now if state in (ACCEPTED, DECLINED, WITHDRAWN) else None
            copy.subject, copy.reason = subject or copy.subject, reason or copy.reason
            copy.save()
            _record(copy, f"transfer.{state}", by=by, now=now)
    return copy


def _move(row: Transfer, *, by: Actor, now: datetime) -> None:
    pupil_id = row.subject
    assert pupil_id is not None
    with entered(standing.platform_at(row.other_school_id, PURPOSE)):
        standing.close_enrolment(pupil_id, on=timezone.localdate(now))
        sealed = resealing.collect(pupil_id)
    standing.shut_door([pupil_id], school_id=row.other_school_id, now=now)
    with entered(standing.with_all_sight(by)):
        if number_is_taken(row.school_id, sealed):
            raise Refused("number")
        with connection.cursor() as cursor:
            cursor.execute("SELECT moving.accept_pupil(%s, %s)", [row.pair, pupil_id])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        resealing.apply(sealed, pair=row.pair, student_id=pupil_id, school_id=row.school_id)


def _record(copy: Transfer, action: str, *, by: Actor, now: datetime) -> None:
    """In the trail of the school whose copy it is; its scope is entered."""
    record(
        by=by,
        action=action,
        subject_kind="transfer",
        subject_id=copy.pair,
        student_id=copy.subject,
        chain=copy.school_id,
        detail={"other_school": None if copy.hides_school else copy.other_school_id, "direction": copy.direction},
        now=now,
    )
