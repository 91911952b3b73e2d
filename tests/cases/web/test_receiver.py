"""The receiver's page in the browser's view: the code, the session's cookie, the second code, the answers."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from qingyan.cases.models import ReferralSlip
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser
from tests.cases.referral_setting import HOSPITAL, sent
from tests.cases.setting import counsellor
from tests.cases.web.test_pages import at, words

CANNOT = "这个码现在打不开"


def doctor(cast, secret: str) -> Client:
    client = Client()
    client.post(at("receiver_door", cast.home), {"code": secret})
    return client


def test_a_doctor_opens_answers_and_the_school_reads_it(cast):
    referral, codes = sent(cast)
    client = Client()
    assert client.get(at("receiver_page", cast.home)).status_code == 302
    opened = client.post(at("receiver_door", cast.home), {"code": codes.secret})
    assert "下次" in words(opened)
    assert "no-store" in opened["Cache-Control"]
    cookie = opened.cookies["qy_receiver"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", at("receiver_door", cast.home))
    page = words(client.get(at("receiver_page", cast.home)))
    assert "16 岁" in page
    for hidden in (cast.home.pupil.name, cast.home.pupil.masked_name, "00000000000", HOSPITAL, referral.case.code):
        assert hidden not in page
    day = f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    client.post(at("receiver_answer", cast.home, verb="appoint"), {"at": day})
    slip = {"fit": "conditions", "conditions": "每天到校半天", "signed": "赵医生", "diagnosis": "某诊断"}
    done = client.post(at("receiver_answer", cast.home, verb="return_slip"), slip, follow=True)
    assert "回执已经交给学校" in words(done)
    school = words(browser(cast.home.counsellor).get(at("referrals", cast.home, case_id=referral.case_id)))
    assert "每天到校半天" in school
    assert "某诊断" not in school
    assert "接诊方" in school


def test_the_name_is_shown_for_the_second_code_only(cast):
    _, codes = sent(cast)
    client, name = doctor(cast, codes.secret), at("receiver_name", cast.home)
    wrong = client.post(name, {"code": "ABC234"})
    assert wrong.status_code == 422
    assert cast.home.pupil.name not in words(wrong)
    assert cast.home.pupil.name in words(client.post(name, {"code": codes.name_code.lower()}, follow=True))


def test_used_foreign_and_tampered_codes_read_the_same(cast):
    _, codes = sent(cast)
    assert CANNOT in words(Client().post(at("receiver_door", cast.other), {"code": codes.secret}))
    assert CANNOT in words(Client().post(at("receiver_door", cast.home), {"code": "0" + codes.secret[1:] + "0"}))
    doctor(cast, codes.secret)
    assert CANNOT in words(Client().post(at("receiver_door", cast.home), {"code": codes.secret}))


def test_a_forged_cookie_opens_nothing_and_a_closed_page_stays_closed(cast):
    _, codes = sent(cast)
    forged = Client()
    forged.cookies["qy_receiver"] = "0" * 32
    assert forged.get(at("receiver_page", cast.home)).status_code == 302
    client = doctor(cast, codes.secret)
    kept = client.cookies["qy_receiver"].value
    assert client.get(at("receiver_page", cast.home)).status_code == 200, "the control"
    client.post(at("receiver_close", cast.home))
    forged.cookies["qy_receiver"] = kept
    assert forged.get(at("receiver_page", cast.home)).status_code == 302
    assert forged.post(at("receiver_answer", cast.home, verb="attend")).status_code == 302


def test_a_slip_with_a_gap_comes_back_with_what_was_written(cast):
    _, codes = sent(cast)
    client, address = doctor(cast, codes.secret), at("receiver_answer", cast.home, verb="return_slip")
    page = client.post(address, {"fit": "conditions", "advice": "多走动", "signed": "赵医生"})
    assert page.status_code == 422
    assert "多走动" in words(page)
    with entered(counsellor(cast)):
        assert not ReferralSlip.objects.exists()
    assert client.post(at("receiver_answer", cast.home, verb="diagnose")).status_code == 404
