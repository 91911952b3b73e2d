"""The glass in the browser: password again, one pupil, an hour, a review by another officer."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from qingyan.cases.models import Glass
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser
from tests.cases.crisis_setting import city, district, told
from tests.cases.web.test_pages import at, words
from tests.factories.city import PASSWORD

TERMS = {"reason": "rescue", "words": "公安正在找人，需要知道是谁"}


def above(name: str, **keys) -> str:
    return reverse(f"cases:{name}", kwargs=keys)


def opened(cast, thread, password: str = PASSWORD):
    client = browser(cast.district_lead)
    answer = client.post(above("break_glass", thread_id=thread.id), TERMS | {"password": password})
    return client, answer


def test_with_the_password_the_name_is_shown_and_the_school_reads_why(cast):
    case, thread = told(cast)
    client, answer = opened(cast, thread)
    assert answer.status_code == 302
    assert str(cast.home.pupil.id) not in answer.url
    page = words(client.get(answer.url))
    assert cast.home.pupil.name in page
    assert "自动关上" in page
    school = words(browser(cast.home.principal).get(at("thread", cast.home, case_id=case.id)))
    assert "谁打开过身份" in school
    assert TERMS["words"] in school


def test_without_the_right_password_nothing_is_opened(cast):
    _, thread = told(cast)
    for wrong in ("", "wrong"):
        _, answer = opened(cast, thread, wrong)
        assert answer.status_code == 422
        assert cast.home.pupil.name not in words(answer)
    with entered(district(cast)):
        assert Glass.objects.count() == 0


def test_another_officer_and_a_later_hour_get_a_404(cast):
    _, thread = told(cast)
    client, answer = opened(cast, thread)
    assert browser(cast.city_officer).get(answer.url).status_code == 404
    assert client.get(answer.url).status_code == 200, "the control"
    with entered(district(cast)):
        past = timezone.now() - timedelta(minutes=61)
        Glass.objects.update(opened_at=past, expires_at=past + timedelta(minutes=60))
    assert client.get(answer.url).status_code == 404


def test_another_officer_reviews_it_and_the_opener_cannot(cast):
    _, thread = told(cast)
    client, _ = opened(cast, thread)
    with entered(city(cast)):
        glass = Glass.objects.get()
    address = above("glass_review", glass_id=glass.id)
    assert client.get(address).status_code == 404
    other = browser(cast.city_officer)
    listed = words(other.get(reverse("cases:glasses")))
    assert "待复核" in listed
    assert cast.home.pupil.name not in listed
    done = words(other.post(address, {"verdict": "right", "words": "有必要"}, follow=True))
    assert "有必要，符合用途" in done
    assert other.get(address).status_code == 404, "reviewed already"
