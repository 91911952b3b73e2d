"""The front door of people: who is asking, pupils for other domains, the pupil's ticket for the answering endpoint."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from qingyan.foundation.access.actor import ANONYMOUS, Actor
from qingyan.people.actions.door import (
    actor_of_ticket,
    at_the_door,
    end_session,
    open_session,
    read_ticket,
    renew,
    ticket_secret,
    try_slip,
)
from qingyan.people.actions.slips import issue as issue_slips
from qingyan.people.contracts import PupilTicket
from qingyan.people.queries.door import session_is_alive
from qingyan.people.queries.pupils import pupil, pupils, pupils_of_class
from qingyan.people.queries.staff import staff_actor, staff_names
from qingyan.people.rules.ages import age_on

__all__ = [
    "PUPIL_COOKIE",
    "actor_of",
    "actor_of_ticket",
    "age_on",
    "end_session",
    "issue_slips",
    "open_session",
    "pupil",
    "pupil_actor",
    "pupils",
    "pupils_of_class",
    "read_ticket",
    "renew",
    "session_is_alive",
    "staff_actor",
    "staff_names",
    "ticket_of",
    "ticket_secret",
    "try_slip",
]

PUPIL_COOKIE = "qy_pupil"


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking. On one browser the newer sign-in counts: a pupil after a teacher, or a teacher after a pupil.

    request.school is set and a transaction is open.
    """
    school_id = request.school.id if request.school else None
    ticket = ticket_of(request)
    if request.user.is_authenticated and not _older_than(request.user.last_login, ticket):
        return staff_actor(request.user, timezone.localdate()).at_school(school_id)
    return pupil_actor(request) or ANONYMOUS


def pupil_actor(request: HttpRequest) -> Actor | None:
    """The pupil whose ticket the browser shows, if the session lives and belongs to this school."""
    ticket = ticket_of(request)
    if ticket is None or request.school is None or request.school.id != ticket.school:
        return None
    with at_the_door(ticket.school):
        alive = session_is_alive(ticket, now=timezone.now())
    return actor_of_ticket(ticket) if alive else None


def ticket_of(request: HttpRequest) -> PupilTicket | None:
    """The ticket in the request's cookie, read without a database."""
    return read_ticket(request.COOKIES.get(PUPIL_COOKIE, ""), now=timezone.now())


def _older_than(login: datetime | None, ticket: PupilTicket | None) -> bool:
    return ticket is not None and (login is None or login.timestamp() < ticket.opened)
