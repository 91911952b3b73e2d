"""Somebody reports something: through a public door, signed in as a pupil, with a guardian's code, or as staff.

Runs in a scope of the platform, because whoever is at the door may write and may not read. Who wrote without a name
is nobody in the trail too.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from qingyan.concerns.actions.tokens import knock, knocks, knocks_of_school, secret_hash, token_for
from qingyan.concerns.contracts import Circle, Kind, Seen, Source, Urgency
from qingyan.concerns.events import ConcernRaised
from qingyan.concerns.policy import REPORT
from qingyan.concerns.queries.boxes import BOXES, Box, at_the_doors, has_committee, readers_of
from qingyan.concerns.rules.flood import admitted, told_as
from qingyan.concerns.rules.reports import circle_of
from qingyan.concerns.rules.tokens import number_of
from qingyan.foundation.access.actor import ANONYMOUS, Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.foundation.events.api import announce
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people


class TooMany(Exception):
    """This sender wrote very often just now; nothing was kept, and the page keeps what was typed."""


@dataclass(frozen=True)
class NewReport:
    """What comes through a door. `pupil`: known by a sign-in, a guardian's code or a teacher's choice."""

    kind: Kind
    source: Source
    urgency: Urgency
    sender: str
    sending: str = ""
    text: str = ""
    about: str = ""
    contact: str = ""
    seen: Seen = Seen.UNSAID
    pupil: UUID | None = None
    writer: UUID | None = None
    vouched: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the writer takes away. `token` is empty for staff, who see what became of it on their own page."""

    number: str
    token: str
    circle: Circle
    urgency: Urgency
    kind: Kind
    at: datetime


def raise_report(*, new: NewReport, by: Actor, now: datetime) -> Receipt:
    """Keep the report, tell its readers, announce it. The same page sent twice is one report.

    Raises TooMany; NotVisible for staff without a post here.
    """
    school = by.school_id
    assert school is not None
    if new.source is Source.STAFF:
        require(by, REPORT)
    token = token_for(school_id=school, sending=new.sending)
    with at_the_doors(school) as keeper:
        circle = circle_of(new.kind, has_committee=has_committee(school, on=timezone.localdate(now)))
        box = BOXES[circle]
        known = box.reports.objects.filter(school_id=school, number=number_of(token)).first()
        if known is None:
            of_school = _admit(new, school, now)
            known = _keep(new, box, keeper, token, now)
            if known is not None:
                _tell(known, box, told_as(str(known.id), of_school=of_school, now=now), keeper, now)
                _record(new, known, by=by, now=now)
                if circle is Circle.COUNSELLOR:  # the committee has its own circle and brings others in itself
                    tell_higher_domains(known, at=now, request=by.request_id)
    return Receipt(
        number=number_of(token),
        token="" if new.source is Source.STAFF else token,
        circle=circle,
        urgency=new.urgency,
        kind=new.kind,
        at=known.received_at if known else now,
    )


def tell_higher_domains(report, *, at: datetime, request: str) -> None:
    """Announce a stored report in this transaction; an error of a listener undoes the whole."""
    fact = ConcernRaised(
        report=report.id,
        kind=Kind(report.kind),
        urgency=Urgency(report.urgency),
        school=report.school_id,
        school_class=report.school_class_id,
        student=report.pupil,
        at=at,
        request=request,
    )
    with connection.cursor() as cursor:
        announce(fact, cursor)


def _admit(new: NewReport, school: int, now: datetime) -> int:
    of_school = knocks_of_school(school_id=school, now=now)
    of_sender = len(knocks(school_id=school, key=new.sender, token=False, now=now))
    if not admitted(of_sender=of_sender, of_school=of_school, known=new.vouched):
        raise TooMany
    knock(school_id=school, key=new.sender, token=False, now=now)
    return of_school


def _keep(new: NewReport, box: Box, keeper: Actor, token: str, now: datetime):
    """The stored report; None when the same page was being stored at this very moment."""
    assert keeper.school_id is not None
    about = people.pupil(keeper, new.pupil) if new.pupil else None
    row = box.reports(
        school_id=keeper.school_id,
        number=number_of(token),
        secret_hash="" if new.source is Source.STAFF else secret_hash(school_id=keeper.school_id, token=token),
        kind=new.kind.value,
        source=new.source.value,
        urgency=new.urgency.value,
        seen=new.seen.value,
        pupil=about.id if about else None,
        school_class_id=about.school_class if about else None,
        writer=new.writer,
        vouched=new.vouched,
        about=new.about or None,
        text=new.text or None,
        contact=new.contact or None,
        reported_by_id=UUID(new.sender) if new.source is Source.STAFF else None,
        received_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return None
    return row


def _tell(report, box: Box, key: str, keeper: Actor, now: datetime) -> None:
    day = timezone.localdate(now)
    readers = readers_of(box, report.school_id, on=day)
    path = address_of(report, box)
    if not readers:  # a school without a counsellor: its leader must know that somebody waits
        readers = people.holders(Role.PRINCIPAL, school_id=report.school_id, today=day)
        path = watch_address(report.school_id)
    urgent = report.urgency == Urgency.NOW.value
    kind = "attention_now" if urgent else "letter" if report.kind == Kind.LETTER.value else "attention"
    notifications.notify(to=readers, kind=kind, path=path, by=keeper, now=now, key=f"{box.circle}/{key}")


def address_of(report, box: Box) -> str:
    """The page of a report, by its opaque key."""
    return reverse(box.route, kwargs={"slug": slug_of(report.school_id), box.key: report.id})


def watch_address(school_id: int) -> str:
    """The page that says whether somebody waits, and no more."""
    return reverse("concerns:waiting", args=[slug_of(school_id)])


def slug_of(school_id: int) -> str:
    """The school's address."""
    return organisations.schools_by_id({school_id})[0].slug


def _record(new: NewReport, report, *, by: Actor, now: datetime) -> None:
    named = (
        new.source is Source.STAFF or new.writer is not None or (new.source is Source.SELF and new.pupil is not None)
    )
    author = by if named else replace(ANONYMOUS, school_id=by.school_id)
    record(
        by=author,
        action="concern.raised",
        subject_kind="report",
        subject_id=report.id,
        student_id=report.pupil,
        now=now,
        detail={"kind": report.kind, "urgency": report.urgency, "source": report.source},
    )
