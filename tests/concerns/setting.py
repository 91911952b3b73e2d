"""Shortcuts for the tests of concerns. Not a test."""

from datetime import UTC, datetime
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from qingyan.concerns.actions.raising import NewReport, Receipt, raise_report
from qingyan.concerns.contracts import Circle, Kind, Source, Urgency
from qingyan.concerns.queries.boxes import BOXES
from qingyan.foundation.access.actor import ANONYMOUS, Actor
from qingyan.foundation.access.scope import entered
from qingyan.people.actions import transfers
from qingyan.people.api import PUPIL_COOKIE, give_ticket, issue_slips, open_session
from qingyan.people.models import Slip, Transfer
from tests.factories.city import Cast, Place

NOW = datetime(2026, 11, 26, 2, tzinfo=UTC)
CANARY = "金丝雀说的话"
COUNSELLORS, COMMITTEE = BOXES[Circle.COUNSELLOR], BOXES[Circle.COMMITTEE]


def nobody(place: Place) -> Actor:
    """Whoever stands at this school's door."""
    return ANONYMOUS.at_school(place.school.id)


def new(kind: Kind = Kind.LETTER, source: Source = Source.SELF, **more) -> NewReport:
    """A report with words that must not leave its circle."""
    given = {"urgency": Urgency.WEEK, "sender": "device@1", "sending": str(uuid4()), "text": CANARY, **more}
    return NewReport(kind=kind, source=source, **given)


def raised(cast: Cast, report: NewReport | None = None, *, by: Actor | None = None, now: datetime = NOW) -> Receipt:
    """Through the door of the school of the story."""
    who = by or nobody(cast.home)
    with entered(who):
        return raise_report(new=report or new(), by=who, now=now)


def stored(cast: Cast, box=COUNSELLORS):
    """The only report of a box."""
    with entered(cast.platform()):
        return box.reports.objects.get()


def reader(cast: Cast, place: Place | None = None) -> Actor:
    """The counsellor."""
    where = place or cast.home
    return cast.actor(where.counsellor, where)


def member(cast: Cast, place: Place | None = None) -> Actor:
    """Of the committee."""
    where = place or cast.home
    return cast.actor(where.committee, where)


def pupil_client(cast: Cast) -> Client:
    """The pupil of the story with a browser, signed in."""
    place, now = cast.home, timezone.now()
    admin = cast.actor(place.school_admin, place)
    with entered(admin):
        issue_slips(class_id=place.class_a.id, validity=timezone.timedelta(days=1), by=admin, now=now)
        slip = Slip.objects.get(student=place.pupil, voided_at__isnull=True)
    with entered(cast.platform()):
        ticket = open_session(school_id=place.school.id, slip_id=slip.id, now=now)
    answer, client = HttpResponse(), Client()
    give_ticket(answer, ticket)
    client.cookies[PUPIL_COOKIE] = answer.cookies[PUPIL_COOKIE].value
    return client


def moved(cast: Cast) -> None:
    """The pupil of the story goes to the other school."""
    ours, theirs = cast.actor(cast.home.school_admin, cast.home), cast.actor(cast.other.school_admin, cast.other)
    with entered(ours):
        transfers.offer(student=cast.home.pupil, to_school_id=cast.other.school.id, by=ours, now=NOW)
    with entered(theirs):
        copy = Transfer.objects.get(direction="in")
        transfers.accept(transfer=copy, class_id=cast.other.class_a.id, by=theirs, now=NOW)
