"""The pages about answering quality: counsellors read reasons in words, others get 404, every look is recorded."""

import pytest
from django.urls import reverse

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.screening.models import AnsweringQuality
from qingyan.screening.queries.quality import ClassQuality
from qingyan.screening.rules.careless.families import Sign
from qingyan.screening.web.quality_words import SIGN_WORDS
from tests.factories.records import make_records

DIAGNOSES = ("抑郁", "焦虑", "撒谎", "说谎", "不诚实")


def at(name, *args, slug="qingshi"):
    return reverse(f"screening:{name}", args=[slug, *args])


@pytest.fixture
def made(cast):
    return make_records(cast, cast.home)


@pytest.fixture
def page(client, cast, made):
    client.force_login(cast.home.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_counsellor_reads_why_a_sheet_is_doubtful(page, cast, made):
    answer = page.get(at("answering", made.campaign))
    body = answer.content.decode()
    assert str(SIGN_WORDS[Sign.REPEATED]) in body
    assert cast.home.pupil.name in body
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="answering.read", detail__shown=1).count() == 1


def test_the_page_asks_few_questions_of_the_database(page, made, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        page.get(at("answering", made.campaign))


@pytest.mark.parametrize("who", ["homeroom_teacher", "school_admin", "principal"])
def test_nobody_else_finds_the_pages(client, cast, made, who):
    client.force_login(getattr(cast.home, who), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("answering", "answering_progress", "answering_workbook"):
        assert client.get(at(name, made.campaign)).status_code == 404


def test_the_counsellor_of_another_school_decides_nothing(client, cast, made):
    client.force_login(cast.other.counsellor, backend="django.contrib.auth.backends.ModelBackend")
    slug = cast.other.school.slug
    assert client.post(at("decide_answering", made.sitting, slug=slug), {"reading": "counts"}).status_code == 404
    with entered(cast.platform()):
        assert AnsweringQuality.objects.get().reading == "open"


def test_a_decision_is_kept_and_said(page, cast, made):
    answer = page.post(at("decide_answering", made.sitting), {"reading": "talk"}, follow=True)
    assert "得分和预警没有改变" in answer.content.decode()
    with entered(cast.platform()):
        kept = AnsweringQuality.objects.get()
    assert (kept.reading, kept.read_by_id) == ("talk", cast.home.counsellor.id)


@pytest.mark.parametrize("reading", ["", "open", "delete", "counts\x00"])
def test_an_unknown_decision_changes_nothing(page, cast, made, reading):
    assert page.post(at("decide_answering", made.sitting), {"reading": reading}).status_code == 404


def test_the_workbook_holds_no_pupil(page, cast, made):
    content = page.get(at("answering_workbook", made.campaign)).content
    assert content.startswith(b"PK")
    assert cast.home.pupil.name.encode() not in content


def test_no_word_speaks_of_the_pupil():
    assert set(SIGN_WORDS) == set(Sign)
    assert not [word for text in SIGN_WORDS.values() for word in DIAGNOSES if word in str(text)]


@pytest.mark.parametrize(
    ("sheets", "doubtful", "hurried", "disturbed"),
    [(9, 9, 9, False), (10, 2, 0, True), (10, 1, 1, False), (50, 0, 10, True), (50, 9, 9, False)],
)
def test_a_class_with_many_doubtful_sheets_was_probably_disturbed(sheets, doubtful, hurried, disturbed):
    line = ClassQuality(None, "scl-90", True, sheets, doubtful, hurried, None)
    assert line.disturbed is disturbed
    assert (line.share is None) is (sheets < 10)
