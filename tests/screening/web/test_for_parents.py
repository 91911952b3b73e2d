"""What parents read without an account: open and announced rounds, plain words, no sensitive item, no draft."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qingyan.instruments import api as instruments
from qingyan.instruments.api.reviews import hazardous_items
from qingyan.instruments.rules.parents import NAMES_OF_DIAGNOSES
from qingyan.screening.models import Campaign
from tests.screening.setting import city_round, school_round

DOOR = "/s/qingshi/for-parents/"


@pytest.fixture
def parent():
    return Client()


def test_a_parent_reads_what_is_asked_how_long_and_who_sees_it(cast, parent):
    campaign = city_round(cast, "gad-7", "phq-a")
    assert "近两周的心情" in parent.get(DOOR).content.decode()
    body = parent.get(f"{DOOR}{campaign.id}/").content.decode()
    for word in ("只有本校心理教师能看到", "共 7 题", "题目举例", "其中有 3 题问到生命和安全", "可以免费使用"):
        assert word in body, word
    main = body.split("<main")[1].split("</main>")[0]
    assert NAMES_OF_DIAGNOSES.findall(main) == []
    for item in hazardous_items(instruments.instrument("phq-a")):
        assert item.text.zh not in body


def test_grades_that_the_school_does_not_have_are_not_named(cast, parent):
    campaign = city_round(cast, "gad-7", grades=(9, 12))
    body = parent.get(f"{DOOR}{campaign.id}/").content.decode()
    assert "高一" in body
    assert "九年级" not in body


def test_what_is_in_preparation_closed_or_of_another_school_does_not_exist(cast, parent):
    mine, theirs = school_round(cast, "gad-7"), school_round(cast, "phq-a", place=cast.other)
    assert parent.get(f"{DOOR}{theirs.id}/").status_code == 404
    for state in ("draft", "closed"):
        Campaign.objects.filter(id=mine.id).update(state=state)
        assert parent.get(f"{DOOR}{mine.id}/").status_code == 404
    assert "现在没有进行中或即将开始的测评" in parent.get(DOOR).content.decode()


def test_an_announced_round_is_shown_before_its_first_day(cast, parent):
    campaign = school_round(cast, "gad-7")
    later = timezone.now() + timedelta(days=5)
    Campaign.objects.filter(id=campaign.id).update(opens_at=later, closes_at=later + timedelta(days=2))
    assert parent.get(f"{DOOR}{campaign.id}/").status_code == 200


def test_staff_see_the_page_before_the_round_opens_and_others_do_not(cast, client):
    campaign = school_round(cast, "gad-7")
    Campaign.objects.filter(id=campaign.id).update(state="draft")
    address = f"/s/qingshi/campaigns/{campaign.id}/for-parents/"
    client.force_login(cast.home.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    assert "预览" in client.get(address).content.decode()
    client.force_login(cast.other.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 404


def test_the_guardians_door_leads_here(cast, parent):
    assert DOOR in parent.get("/s/qingshi/guardian/").content.decode()


def test_many_rounds_ask_the_database_no_more_often(cast, parent):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            parent.get(DOOR)
        return len(queries)

    city_round(cast, "gad-7")
    asked()
    before = asked()
    for _ in range(3):
        school_round(cast, "phq-a")
    assert asked() == before
