"""Reads at the pupils' door: a slip by its hash, wrong tries, whether a session lives. The caller is in a scope."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from qingyan.organisations.api import SchoolClass
from qingyan.people.contracts import PupilTicket
from qingyan.people.models import PupilSession, SignInAttempt, Slip
from qingyan.people.models.student import StudentState
from qingyan.people.rules.pace import CLASS_WINDOW, MEMORY


def class_by_code(school_id: int, code: str) -> SchoolClass | None:
    """The class of this school with this code (capitals and digits only)."""
    return SchoolClass.objects.filter(school_id=school_id, code=code).first() if code else None


def any_class(school_id: int) -> SchoolClass | None:
    """Some class of the school, always the same; None for a school without classes."""
    return SchoolClass.objects.filter(school_id=school_id).order_by("id").first()


def class_title(class_id: int) -> str:
    """The class as its pupils call it, e.g. 七年级（3）班."""
    return str(SchoolClass.objects.get(id=class_id))


def slip_by_hash(class_id: int, code_hash: str, *, now: datetime) -> Slip | None:
    """The valid slip of this class with this hash, with its enrolled pupil."""
    return _valid(now).filter(school_class_id=class_id, code_hash=code_hash).first()


def valid_slip(slip_id: UUID, *, now: datetime) -> Slip | None:
    """The slip, if it is still valid."""
    return _valid(now).filter(id=slip_id).first()


def wrong_tries_of_device(class_id: int, device: str, *, now: datetime) -> list[datetime]:
    """When this device was wrong at this class's door lately; at most the last 20."""
    tries = SignInAttempt.objects.filter(school_class_id=class_id, device=device, at__gt=now - MEMORY)
    return list(tries.order_by("-at").values_list("at", flat=True)[:20])


def wrong_tries_of_class(class_id: int, *, now: datetime) -> int:
    """How many wrong tries the class's door had in the last minute, from whatever device."""
    return SignInAttempt.objects.filter(school_class_id=class_id, at__gt=now - CLASS_WINDOW).count()


def session_is_alive(ticket: PupilTicket, *, now: datetime) -> bool:
    """Whether the session was neither ended nor replaced by a newer one, and the pupil is still in that class."""
    return PupilSession.objects.filter(
        id=ticket.session,
        student_id=ticket.student,
        ended_at__isnull=True,
        expires_at__gt=now,
        student__school_class_id=ticket.school_class,
        student__state=StudentState.ENROLLED,
    ).exists()


def _valid(now: datetime):
    return Slip.objects.select_related("student").filter(
        voided_at__isnull=True,
        expires_at__gt=now,
        student__state=StudentState.ENROLLED,
        student__school_class_id=F("school_class_id"),
    )
