"""The library is searched by words, grade, age, subject, licence and review; a crooked question keeps all."""

import re

import pytest
from django.http import QueryDict

from qingyan.instruments import api
from qingyan.instruments.queries.reviews import standings
from qingyan.instruments.web.finding import Wanted


def found(question, city=None):
    wanted = Wanted.of(QueryDict(question))
    return {one.plan.code for one in standings(city) if wanted.keeps(one)}


EVERYTHING = {one.code for one in api.released()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "inside", "outside"),
    [
        ("q=scl", {"scl-90"}, {"phq-a"}),
        ("q=睡眠", {"isi", "scl-90"}, {"gad-7"}),
        ("grade=4", {"ces-dc", "mht"}, {"phq-a", "scl-90"}),
        ("grade=7", {"phq-a", "gad-7"}, {"scl-90", "phq-9"}),
        ("age=18", {"phq-9", "phq-a"}, {"ces-dc"}),
        ("subject=support", {"psss"}, {"phq-a"}),
        ("licence=public_domain", {"ces-d", "dass-21"}, {"phq-a"}),
        ("subject=mood&licence=free&grade=10", {"phq-a", "ces-dc"} - {"ces-dc"}, {"gad-7", "ces-d"}),
        ("state=not_reviewed", EVERYTHING, set()),
        ("state=approved", set(), EVERYTHING),
    ],
)
def test_each_question_finds_its_instruments(question, inside, outside):
    codes = found(question)
    assert inside <= codes
    assert not outside & codes


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question", ["", "grade=x", "grade=0", "age=-3", "age=9999", "subject=%00", "licence=1", "state=y"]
)
def test_an_unknown_choice_keeps_everything(question):
    assert found(question) == EVERYTHING


def test_review_states_are_found(cast):
    assert found("state=approved", cast.city.id) == EVERYTHING
    assert found("state=refused", cast.city.id) == set()


def test_the_page_finds_and_says_when_there_is_nothing(cast, client):
    client.force_login(cast.home.homeroom_teacher, backend="django.contrib.auth.backends.ModelBackend")
    body = client.get("/instruments/?q=scl-90&grade=10").content.decode()
    assert re.findall(r'href="/instruments/([a-z0-9-]+)/', body.split("<table")[1]) == ["scl-90"]
    assert 'value="scl-90"' in body
    assert "没有符合条件的量表" in client.get("/instruments/?q=nothing-like-it").content.decode()
