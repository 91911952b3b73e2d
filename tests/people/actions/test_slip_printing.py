"""Slips of many classes: made in the background, fetched once by who asked, erased; no code is kept anywhere."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.api import perform
from qingyan.people import jobs
from qingyan.people.actions import slip_printing
from qingyan.people.models import Slip, SlipPrint
from qingyan.people.queries.slips import print_of

ADDRESS = "https://example.invalid/s/qingshi/door/"


class Desk:
    """An administrator who wants slips for both classes."""

    def __init__(self, cast):
        self.cast, self.place = cast, cast.home
        self.admin = cast.actor(cast.home.school_admin, cast.home)
        self.counsellor = cast.actor(cast.home.counsellor, cast.home)

    def ask(self, *classes, now=None):
        chosen = classes or (self.place.class_a.id, self.place.class_b.id)
        with entered(self.admin):
            return slip_printing.ask(
                classes=chosen, days=7, address=ADDRESS, by=self.admin, now=now or timezone.now()
            ).id

    def make(self, print_id):
        sight = frozenset({Sight.IDENTITY, Sight.SLIPS})
        by = system_actor(school_id=self.place.school.id, sight=sight, purpose="test")
        assert perform(jobs.print_slips, key=f"test:{print_id}", by=by, print_id=str(print_id))

    def fetch(self, print_id, by=None, now=None):
        with entered(by or self.admin):
            return slip_printing.fetch(print_id=print_id, by=by or self.admin, now=now or timezone.now())

    def state(self, print_id, now=None):
        with entered(self.admin):
            return print_of(self.admin, print_id, now=now or timezone.now()).state


@pytest.fixture
def desk(cast):
    return Desk(cast)


def test_the_pdf_is_made_in_the_background_and_fetched_once(desk):
    wanted = desk.ask()
    assert desk.state(wanted) == "waiting"
    desk.make(wanted)
    assert desk.state(wanted) == "ready"
    assert desk.fetch(wanted).startswith(b"%PDF-")
    assert desk.state(wanted) == "fetched"
    with pytest.raises(NotVisible):
        desk.fetch(wanted)
    with entered(desk.cast.platform()):
        assert SlipPrint.objects.get(id=wanted).pdf is None
        assert Slip.objects.filter(voided_at=None).exclude(picture="").count() >= 4


def test_nobody_else_fetches_it_and_not_after_half_an_hour(desk):
    wanted = desk.ask()
    desk.make(wanted)
    with pytest.raises(NotVisible):
        desk.fetch(wanted, by=desk.counsellor)
    later = timezone.now() + timedelta(minutes=31)
    assert desk.state(wanted, now=later) == "expired"
    with pytest.raises(NotVisible):
        desk.fetch(wanted, now=later)
    desk.ask(now=later)
    with entered(desk.cast.platform()):
        assert SlipPrint.objects.get(id=wanted).pdf is None


def test_a_class_of_another_school_is_not_found(desk):
    with pytest.raises(NotVisible):
        desk.ask(desk.cast.other.class_a.id)


def test_the_job_row_holds_the_key_only(desk):
    wanted = desk.ask()
    waiting = ProcrastinateJob.objects.get(task_name=slip_printing.JOB)
    assert UUID(waiting.args["print_id"]) == wanted
    assert set(waiting.args) == {"key", "scope", "print_id"}
