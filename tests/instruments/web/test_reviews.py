"""The review desk in the browser: what is shown, what is refused in words, what stays."""

import pytest

from qingyan.instruments.models import ItemSignature, ReviewDecision
from tests.factories.reviews import approve_library

BACKEND = "django.contrib.auth.backends.ModelBackend"
DESK = "/instruments/reviews/phq-a/1.1/"
LOOKS = ["source", "licence", "ages", "norms"]


@pytest.fixture
def staff(client):
    def sign_in(account):
        client.force_login(account, backend=BACKEND)
        return client

    return sign_in


def form(**given):
    return {"looked_at": LOOKS, "verdict": "limited", "grade_from": "10", "grade_to": "12", "note": "高中可用"} | given


def test_the_desk_shows_every_version_with_its_state_and_finds_one(cast, staff):
    browser = staff(cast.city_officer)
    body = browser.get("/instruments/reviews/").content.decode()
    assert "PHQ-A" in body
    assert "可以使用" in body
    found = browser.get("/instruments/reviews/?name=scl").content.decode()
    assert "SCL-90" in found
    assert "PHQ-A" not in found
    assert "没有符合条件的量表" in browser.get("/instruments/reviews/?state=not_reviewed").content.decode()


def test_one_version_shows_what_to_look_at_and_who_signed(cast, staff):
    body = staff(cast.city_officer).get(DESK).content.decode()
    for word in ("来源与许可", "依据：哪些核对过", "常模：样本和年份", "第 9 题", "逐题签署", "历次决定", "演示数据"):
        assert word in body, word


def test_a_decision_without_the_looks_is_refused_and_loses_nothing(cast, staff):
    answer = staff(cast.city_officer).post(DESK + "decision/", form(looked_at=["source"], note="先记一笔"))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "四项都核对过" in body
    assert "先记一笔" in body
    assert ReviewDecision.objects.filter(demo=False).count() == 0


def test_two_persons_sign_and_decide_and_the_library_tells_the_schools(cast, staff):
    browser = staff(cast.district_lead)
    assert browser.post(DESK + "decision/", form()).status_code == 404
    for item in ("q9", "q12", "q13"):
        assert browser.post(DESK + "signature/", {"item": item, "lowest_grade": "11"}).status_code == 302
    browser = staff(cast.city_officer)
    assert browser.post(DESK + "decision/", form()).status_code == 302
    refused = browser.post(DESK + "signature/", {"item": "q9", "lowest_grade": "7"})
    assert refused.status_code == 422
    assert "两个人" in refused.content.decode()
    assert ItemSignature.objects.filter(demo=False).count() == 3
    at_school = staff(cast.home.counsellor).get("/instruments/phq-a/1.1/").content.decode()
    assert "现在可用于 高二至高三" in at_school
    assert "高中可用" in at_school
    assert staff(cast.home.counsellor).get(DESK).status_code == 404


def test_a_signature_without_a_grade_or_for_another_item_is_refused(cast, staff):
    browser = staff(cast.district_lead)
    assert browser.post(DESK + "signature/", {"item": "q9", "lowest_grade": ""}).status_code == 422
    assert browser.post(DESK + "signature/", {"item": "q1", "lowest_grade": "7"}).status_code == 404


def test_the_control_the_approval_of_tests_is_what_opens_the_grades(cast, staff):
    approve_library(cast.city, lowest_grade=12)
    assert "高一" not in staff(cast.city_officer).get(DESK).content.decode().split("现在可用于")[1][:40]
