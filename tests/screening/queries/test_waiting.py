"""A class that waits for its slot is told when it begins, and its page goes on by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.people import api as people
from qingyan.people.rules.tickets import seal
from qingyan.screening.models import Slot
from qingyan.screening.queries.waiting import next_slot
from tests.screening.setting import begun, school_round, signed_in, signed_in_at_the_door

pytestmark = pytest.mark.django_db


def slot(cast, campaign, minutes, *classes) -> Slot:
    start = timezone.now() + timedelta(minutes=minutes)
    with entered(cast.actor(cast.home.counsellor, cast.home)):
        return Slot.objects.create(
            campaign=campaign,
            school=cast.home.school,
            starts_at=start,
            ends_at=start + timedelta(minutes=40),
            classes=[one.id for one in classes],
        )


def waits(cast):
    actor = signed_in(cast.home.pupil)
    with entered(actor):
        return next_slot(actor, now=timezone.now())


def test_the_earliest_slot_of_the_own_class_is_told(cast):
    campaign = school_round(cast, "phq-a")
    assert waits(cast) is None  # no slot: the class may begin
    slot(cast, campaign, 50, cast.home.class_b)
    assert waits(cast) is None
    later, sooner = slot(cast, campaign, 300, cast.home.class_a), slot(cast, campaign, 20, cast.home.class_a)
    assert waits(cast) == sooner.starts_at < later.starts_at


def test_a_class_whose_slot_runs_waits_for_nothing(cast):
    campaign = school_round(cast, "phq-a")
    slot(cast, campaign, -5, cast.home.class_a)
    slot(cast, campaign, 300, cast.home.class_a)
    assert waits(cast) is None


def test_who_has_begun_waits_for_nothing(cast):
    campaign = school_round(cast, "phq-a")
    pupil = signed_in(cast.home.pupil)
    with entered(pupil):
        begun(campaign, "phq-a", pupil)
    slot(cast, campaign, 20, cast.home.class_a)
    assert waits(cast) is None


def test_the_page_says_when_and_asks_again_by_itself(client, cast):
    campaign = school_round(cast, "phq-a")
    start = timezone.localtime(slot(cast, campaign, 20, cast.home.class_a).starts_at)
    ticket = signed_in_at_the_door(cast, cast.home.pupil)
    client.cookies[people.PUPIL_COOKIE] = seal(ticket, people.ticket_secret())
    page = client.get(reverse("screening:tests", args=["qingshi"]))
    assert f"{start:%H:%M}" in page.content.decode()
    assert 0 < int(page.headers["Refresh"]) <= 300
    Slot.objects.all().delete()
    assert "Refresh" not in client.get(reverse("screening:tests", args=["qingshi"])).headers
