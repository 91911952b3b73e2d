"""The pupils' door: try a slip, open a session, keep it alive, end it. No password hashing: 50 come at once.

Runs in a scope of its own with the sight "door": nobody is signed in yet. How long a guesser waits is rules/pace.py;
what the cookie says is rules/tickets.py.
"""

import hashlib
import hmac
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from qingyan.foundation.access.actor import Actor, Kind, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.people.actions.slips import code_hash
from qingyan.people.models import PupilSession, SignInAttempt, Slip, Student
from qingyan.people.queries.door import (
    any_class,
    class_by_code,
    slip_by_hash,
    valid_slip,
    wrong_tries_of_class,
    wrong_tries_of_device,
)
from qingyan.people.rules.pace import admission, remaining_wait
from qingyan.people.rules.pictures import is_right
from qingyan.people.rules.slip_codes import read_code, tidied
from qingyan.people.rules.tickets import PupilTicket, first_ticket, renewed, unseal

PURPOSE = "pupils' door"
CLASS_BUSY_WAIT = 2  # seconds; pressing again is enough
_luck = random.SystemRandom()


@dataclass(frozen=True)
class Refused:
    """The door stays shut. The same answer for a wrong class code and a wrong slip; `wait` is in seconds."""

    wait: int


@dataclass(frozen=True)
class Recognised:
    """The slip is right; the pupil has not yet said "that is me"."""

    slip: UUID
    masked_name: str
    school_class: int
    picture: bool = False


@contextmanager
def at_the_door(school_id: int) -> Iterator[Actor]:
    """A scope that sees slips, sessions and names of one school, for as long as the block lasts."""
    doorkeeper = system_actor(school_id=school_id, sight=frozenset({Sight.DOOR}), purpose=PURPOSE)
    with entered(doorkeeper):
        yield doorkeeper


def ticket_secret() -> bytes:
    """The key of pupils' tickets, apart from every other use of the secret key."""
    return hmac.new(settings.SECRET_KEY.encode(), b"qingyan.people.ticket.1", hashlib.sha256).digest()


def try_slip(*, school_id: int, class_code: str, code: str, device: str, now: datetime) -> Recognised | Refused:
    """Look at a slip. `device` names machine and address together; a wrong try slows only that device."""
    with at_the_door(school_id):
        found = class_by_code(school_id, tidied(class_code))
        # A code of no class is counted at some class, so that the pace does not tell which codes exist.
        counted_at = found or any_class(school_id)
        if counted_at is None:
            return Refused(wait=0)
        device_key = hashlib.sha256(f"{device}/{tidied(class_code)}".encode()).hexdigest()
        wait = remaining_wait(wrong_tries_of_device(counted_at.id, device_key, now=now), now=now)
        if wait:
            return Refused(wait)
        if _luck.random() > admission(wrong_tries_of_class(counted_at.id, now=now)):
            _note_wrong_try(school_id, counted_at.id, device_key, now=now)
            return Refused(CLASS_BUSY_WAIT)
        meant = read_code(code)
        slip = slip_by_hash(found.id, code_hash(class_id=found.id, code=meant), now=now) if found and meant else None
        if slip is None:
            _note_wrong_try(school_id, counted_at.id, device_key, now=now)
            return Refused(remaining_wait(wrong_tries_of_device(counted_at.id, device_key, now=now), now=now))
        return Recognised(slip.id, slip.student.masked_name, slip.school_class_id, bool(slip.picture))


def show_picture(*, school_id: int, slip_id: UUID, picture: str, device: str, now: datetime) -> bool:
    """Whether the slip's picture was chosen. A wrong one is a wrong try of this device, and waits like one."""
    with at_the_door(school_id):
        slip = valid_slip(slip_id, now=now)
        if slip is None:
            return False
        device_key = hashlib.sha256(f"{device}/picture/{slip_id}".encode()).hexdigest()
        if remaining_wait(wrong_tries_of_device(slip.school_class_id, device_key, now=now), now=now):
            return False
        if is_right(slip.picture, picture):
            return True
        _note_wrong_try(school_id, slip.school_class_id, device_key, now=now)
        return False


def open_session(*, school_id: int, slip_id: UUID, now: datetime) -> PupilTicket | None:
    """The pupil said "that is me": sign in here, and out everywhere else. None when the slip is no longer valid."""
    with at_the_door(school_id):
        slip = valid_slip(slip_id, now=now)
        if slip is None:
            return None
        return _start(slip, now=now)


def _start(slip: Slip, *, now: datetime) -> PupilTicket:
    # Two machines at the same moment: the pupil's row decides the order, so that one session is left.
    Student.objects.select_for_update(no_key=True).get(id=slip.student_id)
    PupilSession.objects.filter(student_id=slip.student_id, ended_at__isnull=True).update(ended_at=now)
    ticket = first_ticket(
        session=uuid4(),
        student=slip.student_id,
        school=slip.school_id,
        school_class=slip.school_class_id,
        now=int(now.timestamp()),
    )
    PupilSession.objects.create(
        id=ticket.session,
        student_id=ticket.student,
        school_id=ticket.school,
        school_class_id=ticket.school_class,
        started_at=now,
        expires_at=datetime.fromtimestamp(ticket.expires, tz=now.tzinfo),
    )
    _record("pupil.signed_in", ticket, now=now)
    return ticket


def renew(*, ticket: PupilTicket, now: datetime) -> PupilTicket | None:
    """Keep the session for another while, when it is due. None when nothing changed. Runs in the pupil's own scope."""
    longer = renewed(ticket, now=int(now.timestamp()))
    if longer is None:
        return None
    until = datetime.fromtimestamp(longer.expires, tz=now.tzinfo)
    alive = PupilSession.objects.filter(id=ticket.session, ended_at__isnull=True)
    return longer if alive.update(expires_at=until) else None


def end_session(*, ticket: PupilTicket, now: datetime) -> None:
    """Sign the pupil out, on this machine and for good."""
    with at_the_door(ticket.school):
        ended = PupilSession.objects.filter(id=ticket.session, ended_at__isnull=True).update(ended_at=now)
        if ended:
            _record("pupil.signed_out", ticket, now=now)


def end_sessions_of(*, school_id: int, student_id: UUID, now: datetime) -> None:
    """Sign a pupil out on every machine, for somebody who found another person at it and records that."""
    with at_the_door(school_id):
        PupilSession.objects.filter(student_id=student_id, ended_at__isnull=True).update(ended_at=now)


def read_ticket(cookie: str, *, now: datetime) -> PupilTicket | None:
    """What the cookie says, if we wrote it and it has not run out. Asks no database."""
    return unseal(cookie, ticket_secret(), now=int(now.timestamp()))


def actor_of_ticket(ticket: PupilTicket, *, request_id: str = "") -> Actor:
    """The pupil as an actor at the own school."""
    return Actor(
        kind=Kind.PUPIL,
        id=ticket.student,
        school_id=ticket.school,
        student_id=ticket.student,
        class_id=ticket.school_class,
        request_id=request_id,
    )


def _note_wrong_try(school_id: int, class_id: int, device_key: str, *, now: datetime) -> None:
    SignInAttempt.objects.create(school_id=school_id, school_class_id=class_id, device=device_key, at=now)


def _record(action: str, ticket: PupilTicket, *, now: datetime) -> None:
    record(
        by=actor_of_ticket(ticket),
        action=action,
        subject_kind="pupil_session",
        subject_id=ticket.session,
        student_id=ticket.student,
        now=now,
    )
