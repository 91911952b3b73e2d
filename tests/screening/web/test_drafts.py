"""A draft may be changed until it is open; what is wrong is said and kept."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.screening.actions import campaigns
from qingyan.screening.models import Campaign
from tests.screening.setting import city_round, plan_of, school_round

pytestmark = pytest.mark.django_db


def at(campaign) -> str:
    return reverse("screening:revise_campaign", args=["qingshi", campaign.id])


@pytest.fixture
def page(client, cast):
    client.force_login(cast.home.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def draft(cast) -> Campaign:
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        holder = campaigns.Holder(school_id=cast.home.school.id)
        return campaigns.plan(holder=holder, given=plan_of("scl-90"), by=counsellor, now=timezone.now())


def _given(**more):
    return {
        "title": "春季测评",
        "notice": "可以不做。",
        "opens_at": "2099-03-01T08:00",
        "closes_at": "2099-03-08T18:00",
        "purpose": "again",
        "item_order": "shuffled",
        "consent_text_id": "",
        **more,
    }


def test_a_draft_is_changed(page, draft):
    assert page.get(at(draft)).status_code == 200
    assert page.post(at(draft), _given()).status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.purpose, draft.item_order) == ("春季测评", "again", "shuffled")


def test_wrong_days_are_explained_and_nothing_is_lost(page, draft):
    answer = page.post(at(draft), _given(closes_at="2099-02-01T08:00"))
    assert answer.status_code == 422
    assert "结束时间要晚于开始时间" in answer.content.decode()
    assert "春季测评" in answer.content.decode()


def test_a_consent_text_from_elsewhere_is_no_choice(page, draft):
    assert page.post(at(draft), _given(consent_text_id=str(uuid4()))).status_code == 422


def test_an_open_round_stays_as_it_was_read(page, cast):
    campaign = school_round(cast, "scl-90")
    answer = page.post(at(campaign), _given())
    assert answer.status_code == 422
    assert "活动已经开放" in answer.content.decode()


def test_a_round_of_the_city_is_not_the_schools_to_change(page, cast):
    assert page.post(at(city_round(cast, "scl-90")), _given()).status_code == 404
