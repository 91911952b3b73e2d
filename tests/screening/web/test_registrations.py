"""Registration in the browser: the school asks, the city answers, both see the same history."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.screening.models import Registration

BACKEND = "django.contrib.auth.backends.ModelBackend"
HERE = "/s/qingshi/registrations/"


@pytest.fixture
def staff(client):
    def sign_in(account):
        client.force_login(account, backend=BACKEND)
        return client

    return sign_in


def form(**given):
    today = timezone.localdate()
    return {
        "instrument": "gad-7",
        "purpose": "考前了解压力",
        "grade_from": "10",
        "grade_to": "12",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=7)).isoformat(),
        "run_by": "德育处 何老师",
    } | given


def test_school_and_city_write_to_each_other_until_it_is_approved(cast, staff):
    browser = staff(cast.home.counsellor)
    assert "还没有登记" in browser.get(HERE).content.decode()
    assert browser.post(HERE + "new/", form()).status_code == 302
    row = Registration.objects.get()
    city = f"/registrations/{row.id}/"
    browser = staff(cast.city_officer)
    assert "GAD-7" in browser.get("/registrations/?state=filed").content.decode()
    refused = browser.post(city + "decision/", {"verb": "refuse", "note": ""})
    assert refused.status_code == 422
    assert "请写明原因" in refused.content.decode()
    assert browser.post(city + "decision/", {"verb": "ask_back", "note": "谁来解释结果？"}).status_code == 302
    browser = staff(cast.home.counsellor)
    asked = browser.get(f"{HERE}{row.id}/").content.decode()
    assert "谁来解释结果？" in asked
    assert "补充后再交" in asked
    again = browser.post(f"{HERE}{row.id}/again/", form(note="由林老师"))
    assert again.status_code == 302
    browser = staff(cast.city_officer)
    assert browser.post(city + "decision/", {"verb": "approve"}).status_code == 302
    said = browser.get(city).content.decode()
    assert "由林老师" in said
    assert "市里批准" in said
    assert "GAD-7" in browser.get("/campaigns/calendar/").content.decode()


def test_a_request_that_is_refused_loses_nothing(cast, staff):
    answer = staff(cast.home.counsellor).post(HERE + "new/", form(instrument="", purpose="想了解睡眠"))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "请写名称" in body
    assert "想了解睡眠" in body


def test_a_stranger_and_a_homeroom_teacher_find_nothing(cast, staff):
    staff(cast.home.counsellor).post(HERE + "new/", form())
    row = Registration.objects.get()
    assert staff(cast.other.counsellor).get(f"/s/baisha/registrations/{row.id}/").status_code == 404
    assert staff(cast.home.homeroom_teacher).get(HERE).status_code == 404
    assert staff(cast.home.principal).post(f"{HERE}{row.id}/withdraw/").status_code == 404


def test_the_city_sees_what_speaks_against_it(cast, staff):
    staff(cast.home.counsellor).post(HERE + "new/", form(instrument="who-5"))
    row = Registration.objects.get()
    browser = staff(cast.city_officer)
    browser.post(
        "/instruments/reviews/who-5/1.0/decision/",
        {"verdict": "refused", "grade_from": "1", "grade_to": "12", "note": "没有题文"},
    )
    body = browser.get(f"/registrations/{row.id}/").content.decode()
    assert "现在批准会有这些问题" in body
    assert "不可使用" in body
