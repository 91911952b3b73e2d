"""A counsellor plans a round on a telephone: step by step, sums that follow the choice, nothing wider than the page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_one_screening import sign_in

pytestmark = pytest.mark.journeys


def fits(page: Page) -> bool:
    """Whether nothing makes the page wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def onward(page: Page) -> None:
    """Save and go on, by keyboard."""
    page.get_by_role("button", name="保存，下一步").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_a_round_is_planned_left_and_resumed(committed_cast, new_page, axe, width, dark):
    page = new_page(width=width, height=800, dark=dark)
    sign_in(page, "qingshi.counsellor")
    page.goto("/s/qingshi/campaigns/new/")
    page.fill("input[name=title]", "春季测评")
    onward(page)
    page.wait_for_url("**/plan/instruments/")
    seen = [(fits(page), axe(page))]
    page.check("input[name='phq-a-chosen']")
    page.get_by_role("button", name="保存，先离开").click()
    page.get_by_role("link", name="继续填写计划").click()
    page.wait_for_url("**/plan/dates/")
    seen.append((fits(page), axe(page)))
    onward(page)
    page.wait_for_url("**/plan/consent/")
    seen.append((fits(page), axe(page)))
    onward(page)
    page.wait_for_url("**/plan/cutoffs/")
    page.fill("input[name=cases]", "10")
    page.locator("input[name=cases]").blur()
    expect(page.locator("#sums td").nth(1)).to_have_text("29")
    page.select_option("select[name='rule-phq-a']", "adult")
    expect(page.locator("#sums table")).to_have_count(0)
    page.select_option("select[name='rule-phq-a']", "default")
    expect(page.locator("#sums table").first).to_be_visible()
    seen.append((fits(page), axe(page)))
    onward(page)
    page.wait_for_url("**/plan/check/")
    seen.append((fits(page), axe(page)))
    assert seen == [(True, [])] * 5
    page.get_by_role("button", name="开放作答").click()
    page.wait_for_url(re.compile(r"/campaigns/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("进行中").first).to_be_visible()
