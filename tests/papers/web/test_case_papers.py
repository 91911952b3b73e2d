"""Papers of a case through the whole stack: made from what was written once, recorded, and nobody else's."""

import re

import pytest
from django.urls import reverse

from qingyan.cases.models import Case
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import browser
from tests.cases.referral_setting import agreed, prepared
from tests.cases.setting import counsellor, held_panel, interviewed
from tests.cases.web.test_pages import trail, words
from tests.papers.reading import flat, pages, word_body


def at(name: str, place, **parts) -> str:
    return reverse(f"papers:{name}", kwargs={"slug": place.school.slug, **parts})


def minutes(place, case, kind: str) -> str:
    return at("minutes", place, case_id=case.id, number=0, kind=kind)


def letter(place, case, form: str, kind: str = "pdf") -> str:
    return at("letter", place, case_id=case.id, letter=form, number=0, kind=kind)


def test_the_minutes_are_the_same_in_pdf_and_word_for_owner_and_leader(cast):
    case = interviewed(cast)
    held_panel(cast, case, "yellow")
    for account in (cast.home.counsellor, cast.home.principal):
        client = browser(account)
        assert "研判会纪要" in words(client.get(at("of_case", cast.home, case_id=case.id)))
        printed = client.get(minutes(cast.home, case, "pdf"))
        written = client.get(minutes(cast.home, case, "docx"))
        for said in (flat(printed.content), word_body(written.content)):
            assert cast.home.pupil.name in said
            assert "大家意见一致" in said
        assert account.name in flat(printed.content)
        for answer in (printed, written):
            assert cast.home.pupil.name not in answer.headers["Content-Disposition"]
            assert "no-store" in answer.headers["Cache-Control"]
    assert trail(cast, "paper.made") == 4


def test_the_record_of_a_talk_is_the_owners_alone(cast):
    case = interviewed(cast)
    held_panel(cast, case, "yellow")
    said = word_body(browser(cast.home.counsellor).get(letter(cast.home, case, "interview", "docx")).content)
    assert "睡得不好，其他还好" in said
    for account in (cast.home.principal, cast.home.homeroom_teacher, cast.home.school_admin, cast.district_lead):
        assert browser(account).get(letter(cast.home, case, "interview")).status_code == 404
        if account is not cast.home.principal:
            assert browser(account).get(minutes(cast.home, case, "pdf")).status_code == 404
    assert browser(cast.other.counsellor).get(letter(cast.other, case, "interview")).status_code == 404
    assert trail(cast, "paper.made") == 1


def test_the_letter_home_says_no_level_and_is_not_made_where_a_guardian_may_be_the_source_of_harm(cast):
    case, client = interviewed(cast), browser(cast.home.counsellor)
    said = flat(client.get(letter(cast.home, case, "guardian_notice")).content)
    assert cast.home.pupil.name in said
    assert "黄" not in said
    assert "12356" in said
    with entered(counsellor(cast)):
        Case.objects.update(guardian_withheld=True)
    page = client.get(at("of_case", cast.home, case_id=case.id))
    assert "不能做告知书" in words(page)
    assert "guardian_notice" not in words(page)
    assert client.get(letter(cast.home, case, "guardian_notice")).status_code == 404


@pytest.mark.parametrize("form", ["register", "nothing"])
def test_what_is_no_paper_of_a_case_is_not_made(cast, form):
    case = interviewed(cast)
    answer = browser(cast.home.counsellor).get(letter(cast.home, case, form), follow=True)
    assert "没有这份材料" in words(answer)


def test_the_case_page_leads_to_its_papers(cast):
    case = interviewed(cast)
    page = browser(cast.home.counsellor).get(
        reverse("cases:case", kwargs={"slug": cast.home.school.slug, "case_id": case.id})
    )
    assert at("of_case", cast.home, case_id=case.id) in words(page)


def test_a_referral_letter_holds_the_minimum_set_without_a_name_and_only_with_a_basis(cast):
    case = agreed(cast).case
    client = browser(cast.home.counsellor)
    printed, written = (client.get(letter(cast.home, case, "referral", kind)).content for kind in ("pdf", "docx"))
    for said in (flat(printed), word_body(written)):
        assert "转介信" in said
        assert "姓名码" not in said, "codes stand on the print that goes out only"
        assert "监护人同意" in said
        assert cast.home.pupil.name not in said
        assert str(cast.home.class_a) not in said
    assert browser(cast.home.principal).get(letter(cast.home, case, "referral")).status_code == 404


def test_a_referral_without_a_basis_is_not_printed(cast):
    case = prepared(cast).case
    answer = browser(cast.home.counsellor).get(letter(cast.home, case, "referral"), follow=True)
    assert "没有这份材料" in words(answer)


def test_the_letter_that_goes_out_is_the_same_paper_with_its_codes_and_the_guardians_page(cast):
    referral, client = agreed(cast), browser(cast.home.counsellor)
    address = at("referral_letter", cast.home, case_id=referral.case_id, referral_id=referral.id)
    assert client.get(address).status_code == 405
    assert browser(cast.home.principal).post(address).status_code == 404
    sent = client.post(address)
    first, second = pages(sent.content)
    for said in (first, second):
        assert cast.home.counsellor.name in said, "the mark stands on every page"
        assert cast.home.pupil.name not in said
    assert re.search(r"打开的码：[A-Z0-9]{4}(-[A-Z0-9]{4}){3}", "".join(first.split()))
    assert re.search(r"姓名码：[A-Z0-9-]{6,7}", "".join(second.split()))
    assert "打开的码" not in second, "the two codes are never on one page"
    plain = flat(client.get(letter(cast.home, referral.case, "referral")).content)
    for word in ("云州市第三人民医院心理科", "监护人同意", referral.case.code, "学校不作诊断"):
        assert word in flat(sent.content)
        assert word in plain
    assert client.post(address, {"again": "yes"}).content.startswith(b"%PDF"), "again, with new codes"
    assert trail(cast, "paper.made") == 3
