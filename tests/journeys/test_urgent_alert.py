"""An urgent alert appears on whatever page a counsellor has open, within five seconds; the queue by keyboard."""

import time

import pytest
from django.db import transaction
from playwright.sync_api import expect

from qingyan.alerts.models import Alert
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import alerted
from tests.journeys.test_one_screening import sign_in

pytestmark = pytest.mark.journeys
SHOWN_WITHIN = 5.0


def test_it_is_shown_on_any_page_within_five_seconds(new_page, axe, committed_cast):
    page = new_page()
    sign_in(page, "qingshi.counsellor")
    page.goto("/s/qingshi/classes/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-live-bar]")).to_be_hidden()
    with transaction.atomic():
        alerted(committed_cast)
    raised = time.monotonic()
    expect(page.locator("[data-live-way]")).to_have_text("有 1 份紧急提示等人确认", timeout=SHOWN_WITHIN * 1000)
    assert time.monotonic() - raised < SHOWN_WITHIN
    expect(page.locator(".side-nav a[href='/s/qingshi/alerts/'] b")).to_have_text("1")
    assert axe(page) == []
    page.click("[data-live-way]")
    expect(page.locator(".queue-item")).to_have_count(1)
    assert axe(page) == []
    page.goto("/s/qingshi/duty/")
    assert axe(page) == []


def test_the_queue_is_worked_by_keyboard_and_a_red_line_opens_instead_of_being_taken(new_page, committed_cast):
    cast = committed_cast
    with transaction.atomic():
        red = alerted(cast)
        mild = alerted(cast, value=2, pupil=cast.home.pupils_a[1])
    page = new_page(width=390)
    sign_in(page, "qingshi.counsellor")
    page.goto("/s/qingshi/alerts/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#messages")).to_contain_text("已处理 1 份")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_url(f"**/alerts/{red.id}/")
    with transaction.atomic(), entered(cast.platform()):
        states = dict(Alert.objects.values_list("id", "state"))
    assert states == {red.id: "raised", mild.id: "acknowledged"}
