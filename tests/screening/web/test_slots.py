"""The slots' page: add, propose, remove; what is wrong is said and kept."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.screening.models import Slot
from tests.screening.setting import city_round, school_round

pytestmark = pytest.mark.django_db


def at(campaign, name="slots", slug="qingshi") -> str:
    return reverse(f"screening:{name}", args=[slug, campaign.id])


@pytest.fixture
def page(client, cast):
    client.force_login(cast.home.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _given(campaign, **more):
    start = timezone.localtime(campaign.opens_at) + timedelta(days=1)
    return {
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + timedelta(minutes=40)).strftime("%Y-%m-%dT%H:%M"),
        "kind": "make_up",
        "room": "机房 2",
        **more,
    }


def test_a_make_up_slot_in_a_round_of_the_city(page, cast):
    campaign = city_round(cast, "scl-90")
    answer = page.post(at(campaign), _given(campaign, classes=[cast.home.class_a.id]))
    assert answer.status_code == 302
    slot = Slot.objects.get()
    assert (slot.school_id, slot.kind, slot.classes) == (cast.home.school.id, "make_up", [cast.home.class_a.id])
    shown = page.get(at(campaign)).content.decode()
    assert "机房 2" in shown
    assert reverse("screening:still_open", args=["qingshi", campaign.id, cast.home.class_a.id]) in shown


def test_a_slot_outside_the_round_is_explained_and_kept(page, cast):
    campaign = school_round(cast, "scl-90")
    answer = page.post(at(campaign), _given(campaign, ends_at="2099-01-01T08:00"))
    assert answer.status_code == 422
    assert "场次要在活动的开始和结束时间之内" in answer.content.decode()
    assert "机房 2" in answer.content.decode()
    assert not Slot.objects.exists()


def test_a_proposal_places_every_class_once(page, cast):
    campaign = school_round(cast, "scl-90")
    wish = {"starts": "08:00 09：00", "minutes": 40, "devices": 50, "room": "机房"}
    page.post(at(campaign, "propose_slots"), wish)
    first = list(Slot.objects.values_list("classes", flat=True))
    assert [cast.home.class_a.id] in first
    page.post(at(campaign, "propose_slots"), wish)
    assert list(Slot.objects.values_list("classes", flat=True)) == first


def test_a_time_that_is_none_is_explained(page, cast):
    campaign = school_round(cast, "scl-90")
    answer = page.post(at(campaign, "propose_slots"), {"starts": "八点", "minutes": 40, "devices": 50})
    assert answer.status_code == 422
    assert "08:00" in answer.content.decode()


def test_another_schools_slot_cannot_be_removed(page, cast):
    campaign = city_round(cast, "scl-90")
    far = cast.actor(cast.far.counsellor, cast.far)
    with entered(far):
        slot = Slot.objects.create(
            campaign=campaign, school=cast.far.school, starts_at=campaign.opens_at, ends_at=campaign.closes_at
        )
    for one in (slot.id, uuid4(), "x"):
        assert page.post(at(campaign, "remove_slot"), {"slot": str(one)}).status_code == 404
    assert Slot.objects.filter(id=slot.id).exists()


def test_the_page_asks_few_questions_of_the_database(page, cast, django_assert_max_num_queries):
    campaign = school_round(cast, "scl-90")
    for _ in range(6):
        page.post(at(campaign), _given(campaign, classes=[cast.home.class_a.id]))
    with django_assert_max_num_queries(19):
        page.get(at(campaign))
