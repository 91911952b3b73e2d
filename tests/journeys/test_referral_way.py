"""From the letter to the slip, in a real browser: a doctor with a phone, a counsellor at the desk, a leader.

The doctor has no account: the letter's QR code, a short session, and the guardian's code for the name.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from qingyan.foundation.pure.printed_codes import printed
from qingyan.people.models import Account
from tests.alerts.setting import browser as signed_in
from tests.cases.actions.test_leaving import found, went
from tests.cases.referral_setting import sent

pytestmark = pytest.mark.journeys

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def look(axe):
    """Reads a page as a careful person would, and keeps its picture where one is asked for."""
    faults: list[str] = []

    def read(page: Page, name: str) -> None:
        faults.extend(axe(page))
        if page.evaluate(TOO_WIDE):
            faults.append(f"{name} is too wide")
        if folder := os.environ.get("QINGYAN_PICTURES"):
            width = page.viewport_size["width"]
            page.screenshot(path=Path(folder) / f"referral-{name}-{width}.png", full_page=True)

    yield read
    assert faults == []


def as_staff(page: Page, account: Account, site: str) -> None:
    client: Client = signed_in(account)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_a_doctor_answers_and_the_counsellor_reads_the_slip(committed_cast, new_page, site, look, width, dark):
    with transaction.atomic():
        referral, codes = sent(committed_cast, contact=True)
    doctor = new_page(width=width, dark=dark)
    doctor.goto(f"/s/qingshi/referral/#{printed(codes.secret)}")
    assert doctor.input_value("[name=code]") == printed(codes.secret)
    assert "#" not in doctor.url, "the code leaves the address bar"
    look(doctor, "door")
    doctor.get_by_role("button", name="打开").click()
    doctor.wait_for_selector(".case-code")
    look(doctor, "opened")
    doctor.get_by_role("link", name="看转介资料").click()
    doctor.wait_for_selector(".facts")
    assert committed_cast.home.pupil.name not in doctor.inner_text("main")
    look(doctor, "page")
    doctor.fill("[name=code]", codes.name_code)
    doctor.get_by_role("button", name="显示姓名").click()
    doctor.get_by_text(committed_cast.home.pupil.name).wait_for()
    day = timezone.localtime() + timedelta(days=2)
    doctor.fill("[name=at]", f"{day:%Y-%m-%dT%H:%M}")
    doctor.get_by_role("button", name="告诉学校").click()
    doctor.get_by_role("heading", name="改约").wait_for()
    doctor.locator("[name=fit][value=conditions]").check()
    doctor.fill("[name=conditions]", "每天到校半天")
    doctor.fill("[name=signed]", "赵医生，心理科")
    doctor.get_by_role("button", name="交给学校").click()
    doctor.get_by_role("heading", name="回执已经交给学校").wait_for()
    look(doctor, "done")
    desk = new_page(width=width, dark=dark)
    as_staff(desk, committed_cast.home.counsellor, site)
    desk.goto(f"/s/qingshi/cases/{referral.case_id}/referrals/")
    assert "每天到校半天" in desk.inner_text("main")
    look(desk, "counsellor")
    desk.goto(f"/s/qingshi/cases/{referral.case_id}/referrals/new/")
    look(desk, "new")


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_a_leader_decides_on_a_leave_and_sees_it_no_longer(committed_cast, new_page, site, look, width, dark):
    with transaction.atomic():
        leave = found(committed_cast)
        went(committed_cast, leave, "assess", "talk", "apply")
    desk = new_page(width=width, dark=dark)
    as_staff(desk, committed_cast.home.principal, site)
    desk.goto("/s/qingshi/cases/leaves/")
    look(desk, "leave-list")
    desk.get_by_role("link", name=committed_cast.home.pupil.name).click()
    desk.get_by_role("link", name="批准休学").wait_for()
    look(desk, "leave")
    desk.get_by_role("link", name="批准休学").click()
    look(desk, "leave-step")
    desk.get_by_role("button", name="批准休学").click()
    desk.get_by_text("现在没有").wait_for()
    teacher = new_page(width=width)
    as_staff(teacher, committed_cast.home.counsellor, site)
    teacher.goto(f"/s/qingshi/cases/leaves/{leave.id}/")
    assert "已批准，等办理学籍" in teacher.inner_text("main")
    look(teacher, "leave-counsellor")
