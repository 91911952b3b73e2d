"""Slips in the browser: who may, what the sheet shows, and that it is shown once."""

import pytest
from django.urls import reverse

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def staff(client, cast):
    def sign_in(account):
        client.force_login(account, backend=BACKEND)
        return client

    return sign_in


def at(name, *args, slug="qingshi"):
    return reverse(f"people:{name}", args=[slug, *args])


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("counsellor", True),
        ("school_admin", True),
        ("homeroom_teacher", False),
        ("principal", False),
        ("invigilator", False),
    ],
)
def test_only_counsellor_and_administrator_issue_slips(staff, cast, who, may):
    browser = staff(getattr(cast.home, who))
    class_id = cast.home.class_a.id
    wanted = 200 if may else 404
    assert browser.get(at("slips")).status_code == wanted
    assert browser.get(at("slips_of", class_id)).status_code == wanted
    assert browser.post(at("issue_slips", class_id), {"days": "7"}).status_code == wanted
    assert browser.post(at("reissue_slip", class_id, cast.home.pupil.id)).status_code == wanted


def test_the_sheet_holds_names_and_codes_and_no_number_and_no_birthday(staff, cast):
    answer = staff(cast.home.counsellor).post(at("issue_slips", cast.home.class_a.id), {"days": "7"})
    text = answer.content.decode()
    assert "陈雨桐" in text
    assert cast.home.class_a.code in text
    assert cast.home.pupil.student_number not in text
    assert str(cast.home.pupil.birth_date.year) not in text.split("slip-sheet", 1)[1].split("</ul>")[0]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_codes_are_nowhere_afterwards(staff, cast):
    browser = staff(cast.home.counsellor)
    sheet = browser.post(at("issue_slips", cast.home.class_a.id), {"days": "7"}).content.decode()
    code = sheet.split("<dd>")[2].split("</dd>")[0]
    page = browser.get(at("slips_of", cast.home.class_a.id)).content.decode()
    assert code not in page
    assert "有效至" in page


def test_a_pupil_of_another_class_or_school_cannot_be_named(staff, cast):
    browser = staff(cast.home.counsellor)
    for pupil in (cast.home.pupils_b[0], cast.other.pupil):
        assert browser.post(at("reissue_slip", cast.home.class_a.id, pupil.id)).status_code == 404
        assert browser.post(at("void_slip", cast.home.class_a.id, pupil.id)).status_code == 404
    assert browser.post(at("issue_slips", cast.other.class_a.id), {"days": "7"}).status_code == 404


def test_another_schools_counsellor_gets_404(staff, cast):
    browser = staff(cast.other.counsellor)
    assert browser.get(at("slips")).status_code == 404
    assert browser.post(at("issue_slips", cast.home.class_a.id), {"days": "7"}).status_code == 404


def test_an_odd_validity_is_refused(staff, cast):
    answer = staff(cast.home.counsellor).post(at("issue_slips", cast.home.class_a.id), {"days": "999"})
    assert answer.status_code == 422


def test_a_lost_slip_is_voided(staff, cast):
    browser = staff(cast.home.counsellor)
    browser.post(at("issue_slips", cast.home.class_a.id), {"days": "7"})
    browser.post(at("void_slip", cast.home.class_a.id, cast.home.pupil.id))
    assert "没有有效的登录条" in browser.get(at("slips_of", cast.home.class_a.id)).content.decode()
