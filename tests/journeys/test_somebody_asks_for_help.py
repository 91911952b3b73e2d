"""A pupil taps once and the counsellor takes it; a letter without a name gets its answer. In a real browser."""

import re

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page

from qingyan.people.api import PUPIL_COOKIE
from tests.alerts.setting import browser as signed_in
from tests.concerns.setting import pupil_client

pytestmark = pytest.mark.journeys
LETTER = "最近总是睡不好，不知道该跟谁说。"


def _as(page: Page, client, site: str) -> Page:
    for cookie in (settings.SESSION_COOKIE_NAME, PUPIL_COOKIE):
        if cookie in client.cookies:
            page.context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": site}])
    return page


def test_one_tap_reaches_the_counsellor(committed_cast, site, new_page):
    with transaction.atomic():
        pupil = pupil_client(committed_cast)
    phone = _as(new_page(width=360), pupil, site)
    phone.goto("/s/qingshi/help/")
    phone.click("text=请老师来找我")
    phone.get_by_role("heading", name="收到了").wait_for()
    desk = _as(new_page(), signed_in(committed_cast.home.counsellor), site)
    desk.goto("/s/qingshi/today/")
    assert desk.locator(".bell-count").inner_text().startswith("1")
    desk.get_by_text("学生自己说现在就需要帮助").wait_for()
    desk.click("main .queue-item h3 a")
    desk.click("text=打开报告")
    desk.click("button:has-text('我来处理')")
    desk.get_by_text("已记为由你处理").wait_for()


def test_a_letter_without_a_name_is_answered(committed_cast, site, new_page):
    phone = new_page(width=360, dark=True)
    phone.goto("/s/qingshi/letters/")
    phone.fill("textarea[name=text]", LETTER)
    phone.click("text=交给信箱")
    token = re.sub(r"\s", "", phone.locator("[data-token]").inner_text())
    desk = _as(new_page(), signed_in(committed_cast.home.counsellor), site)
    desk.goto("/s/qingshi/concerns/")
    assert LETTER not in desk.content()
    desk.click("main .queue-item a")
    desk.get_by_text(LETTER).wait_for()
    desk.fill("textarea[name=text]", "周三中午来坐坐吧。")
    desk.click("button:has-text('回信')")
    desk.get_by_text("已回信").wait_for()
    other = new_page(width=360)
    other.goto("/s/qingshi/letters/reply/")
    other.fill("input[name=token]", token.lower())
    other.click("text=打开")
    other.get_by_text("周三中午来坐坐吧。").wait_for()
    assert token not in other.url
