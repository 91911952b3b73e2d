"""Reads about transfers: a school's own copies, and what the platform looks up for an action."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.crypto.sealing import index_for
from qingyan.people.contracts import AskedPerson
from qingyan.people.models import Student, Transfer
from qingyan.people.queries.life_words import TRANSFER_WORDS
from qingyan.people.rules.working_days import TRANSFER_ANSWER_DAYS, add_working_days
from qingyan.people.workflow import ASKED, ENROLLED, IN, OFFERED, ON_LEAVE, OUT

OPEN = (ASKED, OFFERED)


@dataclass(frozen=True)
class TransferLine:
    """A copy with who is waited for: `ours` says that it is this school; `due` is the last day to answer."""

    transfer: Transfer
    ours: bool
    due: date | None
    overdue: bool

    @property
    def other_school(self) -> str:
        """The other school's name, once this one may know it."""
        return _("本市另一所学校") if self.transfer.hides_school else self.transfer.other_school.name

    @property
    def other_school_short(self) -> str:
        """The same, short, for a list."""
        return self.other_school if self.transfer.hides_school else self.transfer.other_school.short_name

    @property
    def words(self) -> str:
        """The state in words."""
        return str(TRANSFER_WORDS[self.transfer.state])


def transfers(actor: Actor) -> "QuerySet[Transfer]":
    """The copies of the actor's school: open ones first, the newest before the older."""
    rows = Transfer.objects.filter(school_id=actor.school_id).select_related("other_school")
    return rows.annotate(shut=Case(When(state__in=OPEN, then=0), default=1)).order_by("shut", "-opened_at")


def line(transfer: Transfer, *, now: datetime) -> TransferLine:
    """The copy with its deadline: ten working days since it waits for an answer."""
    waits_for = OUT if transfer.state == ASKED else IN
    if transfer.state not in OPEN:
        return TransferLine(transfer, False, None, False)
    due = add_working_days(timezone.localdate(transfer.waiting_since), TRANSFER_ANSWER_DAYS)
    return TransferLine(transfer, transfer.direction == waits_for, due, timezone.localdate(now) > due)


def transfer(actor: Actor, transfer_id: UUID) -> Transfer | None:
    """One copy of the actor's school, or None."""
    rows = Transfer.objects.select_related("other_school", "by")
    return rows.filter(school_id=actor.school_id, id=transfer_id).first()


def waiting_for_us(actor: Actor) -> int:
    """How many transfers wait for an answer of the actor's school, for the navigation."""
    mine = Q(state=ASKED, direction=OUT) | Q(state=OFFERED, direction=IN)
    return Transfer.objects.filter(mine, school_id=actor.school_id).count()


def open_transfer_like(actor: Actor, person: AskedPerson, from_school_id: int) -> Transfer | None:
    """The open request of the actor's school for a pupil of this name and birthday from that school."""
    rows = Transfer.objects.filter(
        school_id=actor.school_id, other_school_id=from_school_id, direction=IN, state__in=OPEN
    )
    born = f"{person.birth_date:%Y-%m-%d}" if person.birth_date else None
    return next((row for row in rows if row.name == person.name and row.born == born), None)


def suggested_student(school_id: int, person: AskedPerson) -> UUID | None:
    """The one pupil of the school (whose scope is entered) who fits what the other school says; None when unsure."""
    here = Student.objects.filter(school_id=school_id, state__in=(ENROLLED, ON_LEAVE))
    for name in ("id_number", "student_number"):
        index = index_for(Student, f"{name}_index", school_id, getattr(person, name))
        if index is not None and (found := here.filter(**{f"{name}_index": index}).first()):
            return _unless_open(found.id)
    if person.birth_date is None:
        return None
    same = list(here.filter(name=person.name, birth_date=person.birth_date).values_list("id", flat=True)[:2])
    return _unless_open(same[0]) if len(same) == 1 else None


def _unless_open(student_id: UUID) -> UUID | None:
    taken = Transfer.objects.filter(subject=student_id, direction=OUT, state__in=OPEN).exists()
    return None if taken else student_id


def number_is_taken(school_id: int, sealed: list) -> bool:
    """Whether a file of this school (whose scope is entered) has a number of the pupil who comes."""
    texts: dict[str, str | None] = next((row.texts for row in sealed if row.model is Student), {})
    numbers = Q(pk__in=[])
    for name in ("id_number", "student_number"):
        if index := index_for(Student, f"{name}_index", school_id, texts.get(name)):
            numbers |= Q(**{f"{name}_index": index})
    return Student.objects.filter(numbers, school_id=school_id).exists()


def candidates(actor: Actor, row: Transfer, name: str = "") -> "QuerySet[Student]":
    """Who of the actor's school may be meant by a request: the one who fits, or those of the (searched) name."""
    rows = Student.objects.filter(school_id=actor.school_id, state__in=(ENROLLED, ON_LEAVE))
    rows = rows.select_related("school_class")
    if not name and row.subject:
        return rows.filter(id=row.subject)
    return rows.filter(name__contains=name or row.name or "").order_by("name", "id")
