"""The instrument library's pages: all staff may read them, nobody else; they say what the files say."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from qingyan.instruments import api
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.instruments.web import pages, words


@pytest.fixture
def staff(cast):
    """A function that signs in one of the cast."""

    def sign_in(account) -> Client:
        client = Client()
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
        return client

    return sign_in


def test_any_signed_in_staff_reads_the_library(cast, staff):
    for account in (cast.home.counsellor, cast.home.homeroom_teacher, cast.city_officer, cast.hotline_volunteer):
        answer = staff(account).get("/instruments/")
        assert answer.status_code == 200
        for one in api.released():
            assert f"/instruments/{one.code}/{one.version}/" in answer.content.decode()


def test_the_signed_out_are_sent_to_the_door(cast):
    for path in ("/instruments/", "/instruments/phq-a/1.0/", "/instruments/manual.md"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")


def test_a_pupil_finds_no_such_page(cast, monkeypatch):
    monkeypatch.setattr("qingyan.foundation.web.middleware.actor_of", lambda request: cast.pupil_actor())
    for path in ("/instruments/", "/instruments/phq-a/1.0/", "/instruments/manual.md"):
        assert Client().get(path).status_code == 404


def test_a_version_that_was_never_released_is_not_found(cast, staff):
    client = staff(cast.home.counsellor)
    assert client.get("/instruments/phq-a/9.9/").status_code == 404
    assert client.get("/instruments/no-such/1.0/").status_code == 404
    with pytest.raises(InstrumentNotReleased):
        api.plan("phq-a", "9.9")


@pytest.mark.parametrize("one", api.released(), ids=lambda one: one.code)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_instrument_has_its_page_in_both_languages(cast, staff, one, language):
    client = staff(cast.home.counsellor)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    text = client.get(f"/instruments/{one.code}/{one.version}/").content.decode()
    instrument = api.instrument(one.code, one.version)
    speech = "en" if language == "en" else "zh"
    assert instrument.title.in_language(speech) in text
    assert one.digest in text
    assert all(band.words.in_language(speech) in text for scale in instrument.scales for band in scale.bands)


def test_the_page_tells_what_was_read_and_what_was_not():
    with translation.override("zh-hans"):
        page = pages.page(api.plan("phq-a"))
    assert "2021 primary-school survey" in " ".join(claim.text for claim in page["read"])
    assert "item 9" not in " ".join(claim.text for claim in page["unread"])
    assert any("product decision" in claim.text for claim in page["unread"])


def test_screening_rules_are_told_with_their_operators():
    with translation.override("zh-hans"):
        strict, loose = (screen["rule"] for screen in pages.page(api.plan("ces-dc"))["screens"])
    assert (strict, loose) == ("总分大于 15", "总分不低于 15")


def test_worked_examples_are_told_with_their_outcome():
    with translation.override("zh-hans"):
        page = pages.page(api.plan("phq-a"))
    assert page["example_faults"] == []
    first, *_, last = page["examples"]
    assert (first.sheet, first.outcome) == ("q1..q13=0", "总分 0（平稳）；筛查阴性")
    assert last.outcome == "总分：缺答太多；无法判断"


def test_a_changed_key_would_show_on_the_page():
    plan = api.plan("gad-7")
    broken = plan.instrument.model_copy(
        update={"items": (plan.instrument.items[0].model_copy(update={"reverse": True}), *plan.instrument.items[1:])}
    )
    control = type(plan)(broken, plan.digest)
    assert pages.page(plan)["example_faults"] == []
    assert pages.page(control)["example_faults"] != []


def test_the_preview_keeps_gated_items_from_the_youngest(cast, staff):
    client = staff(cast.home.counsellor)
    gated = next(item.text.zh for item in api.instrument("phq-a").items if item.min_age)

    def paper(query):
        return client.get(f"/instruments/phq-a/1.0/{query}").content.decode().split('class="instrument-paper"')[1]

    assert gated in paper("")
    assert gated not in paper("?show=younger")


def test_the_preview_never_marks_a_critical_item(cast, staff):
    text = staff(cast.home.counsellor).get("/instruments/phq-a/1.0/").content.decode()
    preview = text.split('id="preview"')[1]
    assert "关键题" in text
    assert "关键题" not in preview


def test_where_no_item_is_gated_there_is_one_preview():
    instrument = api.instrument("gad-7")
    assert pages.preview_ages(instrument) == [instrument.audience.ages[1]]
    assert pages.preview_tabs(pages.preview_ages(instrument), 18) == []


def test_the_manual_is_the_generated_one(cast, staff):
    answer = staff(cast.home.counsellor).get("/instruments/manual.md")
    assert answer.headers["Content-Type"].startswith("text/markdown")
    assert answer.content.decode() == api.manual()


def test_every_word_of_the_vocabulary_has_words():
    for one in api.released():
        instrument = api.instrument(one.code, one.version)
        for scale in instrument.scales:
            assert "{" not in words.method(scale)
            assert words.missing(scale.missing)
