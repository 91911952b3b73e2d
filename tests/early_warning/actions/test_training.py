"""Learning over all schools: in the background, without names, asked for by an officer; too few store nothing."""

import json
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from qingyan.early_warning import jobs
from qingyan.early_warning.actions import training
from qingyan.early_warning.actions.training import ask_to_learn
from qingyan.early_warning.models import Learning, ModelVersion
from qingyan.early_warning.queries.point_packs import current
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser, counsellor
from tests.early_warning.rules.test_card import examples
from tests.early_warning.setting import officer, trail

PAGE = "/city/order/"


def asked(cast, by=None, now=None):
    who = by or officer(cast)
    with entered(who):
        return ask_to_learn(city_id=cast.city.id, by=who, now=now or timezone.now())


def worked(row):
    scope = {"actor": str(row.asked_by_id), "kind": "staff", "school": None, "request": ""}
    return jobs.learn(key="x", scope=scope, learning_id=row.id)


def taught(cast):
    row = asked(cast)
    assert worked(row) == "done"
    return ModelVersion.objects.get(number=Learning.objects.get(id=row.id).model)


def plenty(_schools, signs, _tell):
    wide = len(signs) - 2
    return [type(one)(one.levels + (0,) * wide, one.found, one.school, one.groups) for one in examples()]


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(training, "_all_schools", plenty)


def test_too_few_outcomes_store_nothing_and_the_page_says_so(cast):
    client = browser(cast.city_officer)
    body = client.post("/city/order/models/", follow=True).content.decode()
    assert "已排队" in body
    assert worked(Learning.objects.get()) == "too_few"
    for path in (PAGE, "/city/order/learning/"):
        assert "什么也没有保存" in client.get(path).content.decode()
    assert Learning.objects.get().gathered == 3
    assert ModelVersion.objects.count() == 0
    assert trail("early_warning.learn") == []


def test_the_job_row_holds_the_number_of_the_run_and_nothing_else(cast):
    row = asked(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = %s", [training.JOB])
        ((text,),) = cursor.fetchall()
    args = json.loads(text)
    assert (args["learning_id"], set(args)) == (row.id, {"key", "scope", "learning_id"})


def test_the_page_tells_how_far_it_is_while_it_works(cast):
    row = asked(cast)
    Learning.objects.filter(id=row.id).update(state="running", gathered=1, schools=3)
    body = browser(cast.city_officer).get(PAGE).content.decode()
    for words in ("正在逐校汇总结果", "1 / 3", "every 2s"):
        assert words in body, words
    assert "从面谈和研判的结果学一个" not in body


def test_asked_twice_is_one_run_and_a_lost_one_is_given_up(cast):
    row = asked(cast)
    assert asked(cast).id == row.id
    later = timezone.now() + timedelta(hours=2)
    assert asked(cast, now=later).id != row.id
    assert Learning.objects.get(id=row.id).state == "failed"


def test_a_run_that_breaks_says_so_and_stores_nothing(cast, monkeypatch):
    def broken(*_args):
        raise RuntimeError("x")

    monkeypatch.setattr(training, "_all_schools", broken)
    assert worked(asked(cast)) == "failed"
    assert "没有完成" in browser(cast.city_officer).get(PAGE).content.decode()
    assert ModelVersion.objects.count() == 0


def test_a_second_delivery_learns_nothing_again(cast, many):
    row = asked(cast)
    assert [worked(row), worked(row)] == ["done", "done"]
    assert ModelVersion.objects.count() == 1


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
            asked(cast, by)
