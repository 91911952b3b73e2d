"""The pages of rounds and tests, by role: who gets in, what they read, what a click does."""

from io import BytesIO
from uuid import uuid4

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.people import api as people
from qingyan.people.rules.tickets import seal
from qingyan.screening.actions import answers, campaigns
from qingyan.screening.contracts import HandIn
from qingyan.screening.models import Campaign, Sitting
from tests.screening.setting import (
    Typist,
    begun,
    city_round,
    plan_of,
    school_round,
    signed_in,
    signed_in_at_the_door,
)

PUPIL_WORDS = ("抑郁", "焦虑", "症", "筛查", "异常", "阳性", "得分", "分数线", "预警")


def at(name, *args, slug="qingshi"):
    return reverse(f"screening:{name}", args=[slug, *args])


@pytest.fixture
def staff(client, cast):
    """Sign a member of staff in."""

    def sign_in(account):
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def pupil(client, cast):
    """Sign a pupil in, the story's by default."""

    def sign_in(student=None):
        ticket = signed_in_at_the_door(cast, student or cast.home.pupil)
        client.cookies[people.PUPIL_COOKIE] = seal(ticket, people.ticket_secret())
        return client

    return sign_in


@pytest.mark.parametrize(
    ("who", "sees", "plans", "sees_pupils"),
    [
        ("counsellor", True, True, True),
        ("school_admin", True, True, True),
        ("principal", True, False, False),
        ("invigilator", True, False, False),
        ("homeroom_teacher", True, False, True),
    ],
)
def test_each_role_gets_its_pages(staff, cast, who, sees, plans, sees_pupils):
    campaign = city_round(cast, "scl-90")
    browser = staff(getattr(cast.home, who))
    assert (browser.get(at("campaign", campaign.id)).status_code == 200) is sees
    assert (browser.get(at("new_campaign")).status_code == 200) is plans
    page = browser.get(at("class_progress", campaign.id, cast.home.class_a.id))
    assert (page.status_code == 200) is sees_pupils
    assert ("陈雨桐" in page.content.decode()) is sees_pupils


def test_a_homeroom_teacher_sees_the_own_class_only(staff, cast):
    campaign = city_round(cast, "gad-7", grades=(8, 12))
    browser = staff(cast.home.homeroom_teacher)
    page = browser.get(at("campaign", campaign.id)).content.decode()
    assert "高一（1）班" in page
    assert "八年级（2）班" not in page
    assert browser.get(at("class_progress", campaign.id, cast.home.class_b.id)).status_code == 404


def test_another_schools_counsellor_gets_404_everywhere(staff, cast):
    campaign = school_round(cast, "scl-90")
    browser = staff(cast.other.counsellor)
    for slug in ("qingshi", "baisha"):
        for url in (
            at("campaign", campaign.id, slug=slug),
            at("workbook", campaign.id, slug=slug),
            at("class_progress", campaign.id, cast.home.class_a.id, slug=slug),
        ):
            assert browser.get(url).status_code == 404
        assert browser.post(at("close_campaign", campaign.id, slug=slug)).status_code == 404
    assert Campaign.objects.get().state == "open"


def test_a_city_round_cannot_be_closed_by_a_school(staff, cast):
    campaign = city_round(cast, "scl-90")
    assert staff(cast.home.counsellor).post(at("close_campaign", campaign.id)).status_code == 404
    assert Campaign.objects.get().state == "open"


def test_a_draft_of_the_city_is_not_yet_known_to_schools(staff, cast):
    officer = cast.actor(cast.city_officer)
    with entered(officer):
        holder = campaigns.Holder(city_id=cast.city.id)
        draft = campaigns.plan(holder=holder, given=plan_of("scl-90"), by=officer, now=timezone.now())
    assert staff(cast.home.counsellor).get(at("campaign", draft.id)).status_code == 404


def test_the_workbook_holds_text_and_never_a_formula(staff, cast):
    campaign = school_round(cast, "scl-90")
    Campaign.objects.filter(id=campaign.id).update(title="=HYPERLINK(1)")
    answer = staff(cast.home.counsellor).get(at("workbook", campaign.id))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet["A2"].value == "=HYPERLINK(1)"
    assert sheet["A2"].data_type == "s"
    assert [cell.value for cell in sheet[2]][1:] == ["高一（1）班", 3, 0, 0]


def test_a_stranger_is_sent_to_the_pupils_door(client, cast):
    answer = client.get(at("tests"))
    assert answer.headers["Location"] == reverse("people:door", args=["qingshi"])


def test_a_pupil_goes_from_the_list_over_the_notice_to_the_first_question(pupil, cast):
    campaign = city_round(cast, "scl-90")
    browser = pupil()
    assert "看说明，开始" in browser.get(at("tests")).content.decode()
    notice = browser.get(at("notice", campaign.id, "scl-90")).content.decode()
    assert "可以随时停下来" in notice
    refused = browser.post(at("notice", campaign.id, "scl-90"))
    assert refused.status_code == 422
    assert "请先在下面打勾" in refused.content.decode()
    with entered(cast.platform()):
        assert not Sitting.objects.exists()
    answer = browser.post(at("notice", campaign.id, "scl-90"), {"assent": "on"})
    with entered(cast.platform()):
        made = Sitting.objects.get()
    assert made.notice_read_at is not None
    assert answer.headers["Location"] == at("sheet", made.id)
    page = browser.get(at("sheet", made.id)).content.decode()
    assert '"saveUrl": "/a/save"' in page
    assert page.count('"i": ') == 90


def test_a_pupils_pages_hold_no_diagnosis_word_and_always_the_hotlines(pupil, cast):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    browser = pupil()
    pages = [at("tests"), at("notice", campaign.id, "scl-90")]
    texts = [browser.get(url).content.decode() for url in pages]
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
    texts += [browser.get(at(name, sitting.id)).content.decode() for name in ("pause",)]
    with entered(by):
        answers.finish(handed=HandIn(sitting.id, uuid4()), by=by, now=timezone.now())
    texts.append(browser.get(at("done", sitting.id)).content.decode())
    for text in texts:
        body = text.split("<main", 1)[1]
        assert "12355" in body
        assert "12356" in body
        for word in PUPIL_WORDS:
            assert word not in body


def test_the_next_machine_goes_on_where_the_first_stopped(pupil, cast):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
        answers.save(answer=Typist(sitting).answer(0, 3, seq=12), by=by, now=timezone.now())
    browser = pupil()
    browser.post(at("stop", sitting.id))
    assert browser.get(at("sheet", sitting.id)).headers["Location"] == at("pause", sitting.id)
    browser = pupil()
    browser.post(at("resume", sitting.id))
    page = browser.get(at("sheet", sitting.id)).content.decode()
    assert '"answers": [3, null' in page
    assert '"seq": 12' in page


def test_a_pupil_never_reaches_the_sheet_of_another(pupil, cast):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupils_a[1])
    with entered(by):
        foreign = begun(campaign, "scl-90", by)
    browser = pupil()
    for name in ("sheet", "pause", "done"):
        assert browser.get(at(name, foreign.id)).status_code == 404
    for name in ("stop", "resume", "ask_for_help"):
        assert browser.post(at(name, foreign.id)).status_code == 404
    elsewhere = pupil(cast.other.pupil)
    assert elsewhere.get(at("sheet", foreign.id, slug="baisha")).status_code == 404


def test_staff_cannot_open_a_pupils_pages(staff, cast):
    campaign = city_round(cast, "scl-90")
    browser = staff(cast.home.counsellor)
    assert browser.get(at("tests")).status_code == 404
    assert browser.post(at("notice", campaign.id, "scl-90")).status_code == 404


def test_a_pupil_of_another_grade_or_age_is_not_asked(pupil, cast):
    campaign = city_round(cast, "scl-90")
    assert pupil(cast.home.pupils_b[0]).get(at("notice", campaign.id, "scl-90")).status_code == 404
    with entered(cast.platform()):
        type(cast.home.pupil).objects.filter(id=cast.home.pupil.id).update(
            birth_date=timezone.localdate().replace(year=timezone.localdate().year - 12, day=1)
        )
    assert pupil().get(at("notice", campaign.id, "scl-90")).status_code == 404


def test_declining_is_calm_and_leaves_no_sitting(pupil, cast):
    campaign = city_round(cast, "scl-90")
    answer = pupil().post(at("decline", campaign.id, "scl-90"))
    assert "没关系" in answer.content.decode()
    with entered(cast.platform()):
        assert not Sitting.objects.exists()


def test_asking_for_a_talk_reaches_the_counsellors_queue(pupil, cast):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
    answer = pupil().post(at("ask_for_help", sitting.id))
    assert "已经告诉心理老师" in answer.content.decode()


def test_the_officer_plans_a_round_for_the_city(staff, cast):
    browser = staff(cast.city_officer)
    answer = browser.post(reverse("screening:city_new_campaign"), {"title": "期中测评", "purpose": "census"})
    campaign = Campaign.objects.get()
    assert answer.headers["Location"] == reverse("screening:city_plan", args=[campaign.id, "instruments"])
    assert (campaign.city_id, campaign.school_id) == (cast.city.id, None)
    assert "期中测评" in browser.get(reverse("screening:city_campaigns")).content.decode()


def test_only_the_officer_gets_the_citys_pages(staff, cast):
    campaign = city_round(cast, "scl-90")
    for account in (cast.home.counsellor, cast.district_lead, cast.system_admin, cast.home.principal):
        browser = staff(account)
        for url in (
            reverse("screening:city_campaigns"),
            reverse("screening:city_campaign", args=[campaign.id]),
            reverse("screening:city_workbook", args=[campaign.id]),
        ):
            assert browser.get(url).status_code == 404


def test_a_schools_own_round_is_none_of_the_citys_business(staff, cast):
    campaign = school_round(cast, "scl-90")
    browser = staff(cast.city_officer)
    assert browser.get(reverse("screening:city_campaign", args=[campaign.id])).status_code == 404


def test_the_receipt_of_the_first_hand_in_is_shown_however_often_it_is_sent(pupil, cast):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
        receipt = answers.finish(handed=HandIn(sitting.id, uuid4()), by=by, now=timezone.now())
        again = answers.finish(handed=HandIn(sitting.id, uuid4()), by=by, now=timezone.now())
    assert again == receipt
    body = pupil().get(at("done", sitting.id)).content.decode()
    assert f"data-receipt>{receipt.submission}<" in body
    assert timezone.localtime(receipt.finished_at).strftime("%Y-%m-%d %H:%M:%S") in body


def test_the_calm_page_says_how_many_answers_are_saved(pupil, cast):
    campaign = city_round(cast, "scl-90")
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, "scl-90", by)
        answers.save(answer=Typist(sitting).answer(0, 3), by=by, now=timezone.now())
    assert "已经保存了 1 题" in pupil().get(at("pause", sitting.id)).content.decode()
