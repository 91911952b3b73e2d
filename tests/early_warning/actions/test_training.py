"""Learning over all schools: without names, by an officer, and nothing is stored when outcomes are too few."""

import json

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from qingyan.early_warning.actions import training
from qingyan.early_warning.actions.training import learn_city
from qingyan.early_warning.models import ModelVersion
from qingyan.early_warning.queries.point_packs import current
from qingyan.early_warning.rules.learning import TooFew
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser, counsellor
from tests.early_warning.rules.test_card import examples
from tests.early_warning.setting import officer, trail


def taught(cast, by=None):
    who = by or officer(cast)
    with entered(who):
        return learn_city(city_id=cast.city.id, by=who, now=timezone.now())


def plenty(signs):
    wide = len(signs) - 2
    return [type(one)(one.levels + (0,) * wide, one.found, one.school, one.groups) for one in examples()]


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(training, "_all_schools", plenty)


def test_too_few_outcomes_store_nothing_and_the_officer_is_told(cast):
    with pytest.raises(TooFew):
        taught(cast)
    client = browser(cast.city_officer)
    body = client.post("/city/order/models/", follow=True).content.decode()
    assert "什么也没有保存" in body
    assert ModelVersion.objects.count() == 0
    assert trail("early_warning.learn") == []


def test_each_version_has_its_number_its_card_and_its_line_in_the_trail(cast, many):
    assert [taught(cast).number, taught(cast).number] == [1, 2]
    assert [line.detail["number"] for line in trail("early_warning.learn")] == [1, 2]
    row = ModelVersion.objects.get(number=1)
    assert row.pack == current(cast.city.id).pack.name
    assert cast.home.pupil.name not in json.dumps([row.weights, row.card], ensure_ascii=False)
    body = browser(cast.city_officer).get("/city/order/models/1/").content.decode()
    for words in ("不能用来做什么", "人太少，不给数字", "现在没有任何队列使用它", "半年内本人另外求助过"):
        assert words in body, words


def test_a_version_can_be_neither_changed_nor_removed(cast, many):
    taught(cast)
    with entered(officer(cast)), pytest.raises(ProgrammingError), transaction.atomic():
        ModelVersion.objects.update(number=9)


def test_others_learn_nothing(cast, many):
    for by in (counsellor(cast), cast.actor(cast.district_lead)):
        with pytest.raises(NotVisible):
            taught(cast, by)
