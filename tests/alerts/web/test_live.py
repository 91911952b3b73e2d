"""What open pages hear: that something urgent waits, in one neutral sentence, and where to go; nobody else hears it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.alerts.duty_setting import keep_time
from tests.alerts.setting import alerted, browser


def at(name: str, place) -> str:
    return reverse(f"alerts:{name}", kwargs={"slug": place.school.slug})


def test_a_counsellor_hears_of_a_red_alert_in_neutral_words_and_then_nothing_until_it_changes(cast):
    client = browser(cast.home.counsellor)
    before = client.get(at("live", cast.home)).json()
    assert (before["words"], before["waiting"], before["red"]) == ("", 0, 0)
    alert = alerted(cast)
    news = client.get(at("live", cast.home), {"seen": before["token"]})
    told = news.json()
    assert (told["words"], told["way"], told["waiting"]) == ("有 1 份紧急提示等人确认", at("queue", cast.home), 1)
    assert told["red"] == int(alert.raised_at.timestamp())
    body = news.content.decode("unicode_escape")
    assert not [word for word in (cast.home.pupil.name, "陈", "高一", "scl", str(alert.id)) if word in body]
    assert client.get(at("live", cast.home), {"seen": told["token"]}).status_code == 204


def test_what_is_not_red_changes_the_figure_and_raises_no_bar(cast):
    alerted(cast, value=2)
    told = browser(cast.home.counsellor).get(at("live", cast.home)).json()
    assert (told["words"], told["waiting"]) == ("", 1)


def test_the_leader_hears_only_what_has_come_to_them_and_is_led_to_duty(cast):
    client, alert = browser(cast.home.principal), alerted(cast)
    keep_time(cast.home, alert.raised_at)
    quiet = client.get(at("live", cast.home)).json()
    assert (quiet["words"], quiet["waiting"]) == ("", 0)
    keep_time(cast.home, alert.raised_at + timedelta(minutes=10))
    told = client.get(at("live", cast.home), {"seen": quiet["token"]}).json()
    assert (told["words"], told["way"]) == ("有 1 份紧急提示等人确认", at("duty", cast.home))


@pytest.mark.parametrize("who", ["homeroom_teacher", "school_admin", "invigilator"])
def test_others_have_nothing_to_ask_and_no_bar_in_their_pages(cast, who):
    client = browser(getattr(cast.home, who))
    assert client.get(at("live", cast.home)).status_code == 404
    page = client.get(reverse("organisations:classes", kwargs={"slug": cast.home.school.slug}))
    assert "data-live" not in page.content.decode()
    own = browser(cast.home.counsellor).get(reverse("organisations:classes", kwargs={"slug": cast.home.school.slug}))
    assert "data-live" in own.content.decode(), "the control"


def test_another_school_hears_nothing(cast):
    alerted(cast)
    told = browser(cast.other.counsellor).get(at("live", cast.other)).json()
    assert (told["words"], told["waiting"]) == ("", 0)
