"""The front door of people: who is asking, pupils for other domains, the pupil's ticket for the answering endpoint."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from qingyan.foundation.access.actor import ANONYMOUS, Actor
from qingyan.people.actions.door import (
    actor_of_ticket,
    at_the_door,
    end_session,
    end_sessions_of,
    open_session,
    read_ticket,
    renew,
    ticket_secret,
    try_slip,
)
from qingyan.people.actions.roster_file import UnknownSchool, import_roster
from qingyan.people.actions.slips import issue as issue_slips
from qingyan.people.actions.staff import Refused, appoint, hire
from qingyan.people.actions.transfers import Refused as TransferRefused
from qingyan.people.actions.transfers import ask as ask_transfer
from qingyan.people.contracts import Appointment, AskedPerson, Hired, ImportReport, PupilTicket, RowProblem
from qingyan.people.queries.colleagues import class_teachers, colleagues, teachers_by_class
from qingyan.people.queries.door import session_is_alive
from qingyan.people.queries.files import find_pupils, identity
from qingyan.people.queries.guardians import GuardianContact, guardians_of
from qingyan.people.queries.guards import register_merge_guard
from qingyan.people.queries.pupils import present, pupil, pupils, pupils_of_class, pupils_of_classes, sexes
from qingyan.people.queries.staff import (
    account_by_login,
    class_by_code,
    helpers_here,
    holders,
    holders_here,
    leads_over,
    mail_addresses,
    role_words,
    staff_actor,
    staff_names,
)
from qingyan.people.queries.tables import Unreadable, tables
from qingyan.people.queries.transfers import waiting_for_us
from qingyan.people.rules.ages import age_on
from qingyan.people.rules.pace import MEMORY as WRONG_TRIES_MEMORY
from qingyan.people.rules.pace import remaining_wait
from qingyan.people.rules.tickets import renewed, seal

__all__ = [
    "PUPIL_COOKIE",
    "RENEW_SESSION",
    "SESSION_LIVES",
    "WRONG_TRIES_MEMORY",
    "Appointment",
    "AskedPerson",
    "GuardianContact",
    "Hired",
    "ImportReport",
    "Refused",
    "RowProblem",
    "TransferRefused",
    "UnknownSchool",
    "Unreadable",
    "account_by_login",
    "actor_of",
    "actor_of_ticket",
    "age_on",
    "appoint",
    "ask_transfer",
    "class_by_code",
    "class_teachers",
    "colleagues",
    "end_session",
    "end_sessions_of",
    "find_pupils",
    "give_ticket",
    "guardians_of",
    "helpers_here",
    "hire",
    "holders",
    "holders_here",
    "identity",
    "import_roster",
    "issue_slips",
    "keep_signed_in",
    "leads_over",
    "mail_addresses",
    "open_session",
    "present",
    "pupil",
    "pupil_actor",
    "pupils",
    "pupils_of_class",
    "pupils_of_classes",
    "read_ticket",
    "register_merge_guard",
    "remaining_wait",
    "renew",
    "renewed",
    "role_words",
    "session_is_alive",
    "session_lives",
    "sexes",
    "staff_actor",
    "staff_names",
    "tables",
    "take_ticket",
    "teachers_by_class",
    "ticket_of",
    "ticket_secret",
    "try_slip",
    "waiting_for_us",
]

PUPIL_COOKIE = "__Host-qy_pupil" if settings.SESSION_COOKIE_SECURE else "qy_pupil"

# For the answering endpoint, which asks within its own statement; it runs in the pupil's scope.


def session_lives(session: str, student: str, now: str) -> str:
    """The condition that a pupil's session has not ended and still fits the pupil; arguments are SQL expressions."""
    return f"""EXISTS (
  SELECT 1 FROM people_pupilsession live JOIN people_student pupil ON pupil.id = live.student_id
  WHERE live.id = {session} AND live.student_id = {student} AND live.ended_at IS NULL AND live.expires_at > {now}
    AND pupil.state = 'enrolled' AND pupil.school_class_id = live.school_class_id)"""


SESSION_LIVES = session_lives("%(session)s", "%(student)s", "%(now)s")
RENEW_SESSION = "UPDATE people_pupilsession SET expires_at = %(until)s WHERE id = %(session)s AND ended_at IS NULL"


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


def give_ticket(response: HttpResponse, ticket: PupilTicket) -> None:
    """Put the ticket into the browser until it runs out."""
    response.set_cookie(
        PUPIL_COOKIE,
        seal(ticket, ticket_secret()),
        expires=datetime.fromtimestamp(ticket.expires, tz=UTC),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def take_ticket(response: HttpResponse) -> None:
    """Remove the ticket, and whatever the browser kept of these pages."""
    response.delete_cookie(PUPIL_COOKIE, samesite="Strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def keep_signed_in(request: HttpRequest, response: HttpResponse) -> None:
    """Let the pupil's session last as long as pages are opened; called by every page of a signed-in pupil."""
    ticket = ticket_of(request)
    longer = renew(ticket=ticket, now=timezone.now()) if ticket else None
    if longer is not None:
        give_ticket(response, longer)
