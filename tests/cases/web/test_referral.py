"""The pages of a referral for who carries the case: from the first form to the letter, and 404 for everybody else."""

from django.urls import reverse
from django.utils import timezone

from qingyan.cases.models import Referral, ReferralCode
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account
from tests.alerts.setting import browser
from tests.cases.referral_setting import HOSPITAL, guardian_says, prepared, sent
from tests.cases.setting import colleague, counsellor, opened
from tests.cases.web.test_pages import at, trail, words

FILLED = {"kind": "hospital", "recipient": HOSPITAL, "reasons": ["mood"], "risks": ["none"]}


def letter_of(place, keys) -> str:
    return reverse("papers:referral_letter", kwargs={"slug": place.school.slug, **keys})


def test_from_the_form_to_the_letter(cast):
    case, client = opened(cast), browser(cast.home.counsellor)
    new = at("refer", cast.home, case_id=case.id)
    assert "情绪持续低落" in words(client.get(new))
    assert client.post(new, FILLED | {"reasons": []}).status_code == 422
    assert "监护人还没有同意" in words(client.post(new, FILLED, follow=True))
    with entered(counsellor(cast)):
        referral = Referral.objects.get()
    place = {"case_id": case.id, "referral_id": referral.id}
    basis = at("referral_basis", cast.home, **place)
    assert "监护人还没有同意" in words(client.post(basis, {"basis": "consent"}))
    guardian_says(cast)
    page = words(client.post(basis, {"basis": "consent", "contact": "on"}, follow=True))
    assert "会带出学校的只有这些" in page
    assert "00000000000" in page, "the preview shows what the guardian released"
    letter = client.post(letter_of(cast.home, place))
    assert letter["Content-Type"] == "application/pdf"
    assert letter.content.startswith(b"%PDF")
    assert "已发出，等预约" in words(client.get(at("referrals", cast.home, case_id=case.id)))
    assert trail(cast, "case.papers_read") >= 2


def test_a_letter_is_no_link_and_a_spent_step_is_said_kindly(cast):
    referral = prepared(cast)
    client = browser(cast.home.counsellor)
    letter = letter_of(cast.home, {"case_id": referral.case_id, "referral_id": referral.id})
    assert client.get(letter).status_code == 405
    assert "监护人还没有同意" in words(client.post(letter, follow=True))
    assert "已经到了另一步" in words(client.post(letter, {"again": "yes"}, follow=True))


def test_a_second_press_of_the_first_button_voids_no_code_and_printing_again_does(cast):
    referral, _ = sent(cast)
    client = browser(cast.home.counsellor)
    letter = letter_of(cast.home, {"case_id": referral.case_id, "referral_id": referral.id})
    assert "已经到了另一步" in words(client.post(letter, follow=True))
    with entered(counsellor(cast)):
        assert ReferralCode.objects.filter(referral=referral, voided_at__isnull=True).count() == 1
        (kept,) = ReferralCode.objects.filter(referral=referral).values_list("id", flat=True)
    assert client.post(letter, {"again": "yes"})["Content-Type"] == "application/pdf"
    with entered(counsellor(cast)):
        assert ReferralCode.objects.get(id=kept).voided_at is not None


def test_what_was_heard_by_telephone_is_written_down(cast):
    referral, _ = sent(cast)
    client, place = browser(cast.home.counsellor), {"case_id": referral.case_id, "referral_id": referral.id}

    def heard(verb: str, **given):
        return client.post(at("referral_heard", cast.home, verb=verb, **place), given, follow=True)

    assert client.get(at("referral_heard", cast.home, verb="appoint", **place)).status_code == 200
    assert "预约时间要在现在以后" in words(heard("appoint", at="2020-01-01T08:00"))
    assert "已预约" in words(heard("appoint", at=f"{timezone.localtime().year + 1}-01-05T08:00"))
    assert "没有去就诊" in words(heard("miss"))
    page = words(heard("return_slip", fit="fit", advice="作业减半", signed="赵医生", diagnosis="某诊断"))
    assert "作业减半" in page
    assert "某诊断" not in page
    assert "已经到了另一步" in words(heard("attend"))


def test_strangers_get_404_and_the_control_does_not(cast):
    referral, _ = sent(cast)
    place = {"case_id": referral.case_id, "referral_id": referral.id}
    pages = [
        at("referrals", cast.home, case_id=referral.case_id),
        at("refer", cast.home, case_id=referral.case_id),
        at("referral_basis", cast.home, **place),
        at("referral_decline", cast.home, **place),
    ]
    second = Account.objects.get(id=colleague(cast).id)
    for account in (second, cast.home.principal, cast.home.homeroom_teacher, cast.other.counsellor, cast.city_officer):
        for page in pages:
            assert browser(account).get(page).status_code == 404
    for page in pages:
        assert browser(cast.home.counsellor).get(page).status_code == 200


def test_a_referral_of_another_case_is_not_found_through_ones_own(cast):
    referral, _ = sent(cast)
    client = browser(cast.home.counsellor)
    foreign = at("referral_decline", cast.home, case_id=referral.id, referral_id=referral.id)
    assert client.get(foreign).status_code == 404
