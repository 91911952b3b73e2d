"""The whole path in a browser: roster → round → slips → answers → alert → file; and a stranger at each door."""

import time
from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories.city import PASSWORD

pytestmark = pytest.mark.journeys
PUPILS = 300
ITEM_15 = 15
QUEUE_MAY_TAKE_SECONDS = (
    5.0  # the page asks every second (0.8 s measured on a quiet machine); the rest is for a busy one
)


def sign_in(page: Page, login: str) -> None:
    """Sign in as staff with the password of the cast."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/s/**")


def roster_of(count: int) -> bytes:
    """A register's export with invented pupils in six classes of grade 10."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["学籍号", "姓名", "性别", "出生日期", "民族", "年级", "班级", "监护人姓名", "监护人电话"])
    for number in range(count):
        born = f"2010-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        sheet.write_row(
            number + 1,
            0,
            [
                f"G99{number:017d}",
                f"试{chr(0x4E00 + number)}𬱖",
                "女" if number % 2 else "男",
                born,
                "汉族",
                "高一",
                f"{number % 6 + 1}班",
                f"试{chr(0x4E00 + number)}父",
                f"1990000{number:04d}",
            ],
        )
    book.close()
    return file.getvalue()


def import_roster(page: Page) -> None:
    page.goto("/s/qingshi/roster/new/")
    page.set_input_files(
        "input[type=file]",
        {"name": "roster.xlsx", "mimeType": "application/octet-stream", "buffer": roster_of(PUPILS)},
    )
    page.get_by_role("button", name="上传并检查").click()
    page.get_by_role("button", name=f"导入 {PUPILS} 行").click()
    expect(page.get_by_text("已导入").first).to_be_visible()


def open_campaign(page: Page) -> str:
    onward = page.get_by_role("button", name="保存，下一步")
    page.goto("/s/qingshi/campaigns/new/")
    now = timezone.localtime()
    page.fill("input[name=title]", "高一心理状况了解")
    onward.click()
    page.check("input[name='scl-90-chosen']")
    onward.click()
    page.fill("input[name=opens_at]", (now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.fill("input[name=closes_at]", (now + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M"))
    onward.click()
    onward.click()  # the consent text of the place, the proposed notice
    page.select_option("select[name='rule-scl-90']", label="总分 >160")
    onward.click()
    page.wait_for_url("**/plan/check/")
    page.get_by_role("button", name="开放作答").click()
    page.wait_for_url("**/campaigns/*-*/")
    address = page.url
    expect(page.get_by_text("进行中").first).to_be_visible()
    return address


def issue_slips(page: Page) -> tuple[str, str, str]:
    """Issue slips for a class; gives (picture on the slip, class code, personal code) of the first."""
    page.goto("/s/qingshi/slips/")
    page.get_by_role("link", name="高一（2）班").first.click()
    page.get_by_role("button", name="发放并打印").click()
    slip = page.locator(".slip").first
    codes = slip.locator("dd").all_inner_texts()
    return codes[2].strip(), codes[0], codes[1]


def enter(page: Page, class_code: str, code: str, picture: str) -> None:
    """Through the pupils' door to the first question."""
    page.goto("/s/qingshi/")
    page.get_by_role("link", name="学生入口").click()
    page.fill("input[name=school_class]", class_code)
    page.fill("input[name=code]", code)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label(picture, exact=True).check()
    page.get_by_role("button", name="是我", exact=True).click()
    page.locator("main a[href*='/tests/'], main a[href*='/sheets/']").first.click()
    agree = page.get_by_role("button", name="我读过了，愿意参加")
    if agree.count():
        page.get_by_label("我自己愿意参加").check()
        agree.click()
    expect(page.locator("[data-text]")).to_be_visible()


def answer(page: Page, first: int, last: int) -> None:
    """Answer items by keyboard: 2 everywhere, 5 at item 15."""
    for item in range(first, last + 1):
        expect(page.locator("[data-place]")).to_contain_text(f"{item} /")
        page.keyboard.press("5" if item == ITEM_15 else "2")


def test_one_screening_from_the_roster_to_the_file(committed_cast, new_page, axe):
    admin, counsellor, stranger = new_page(), new_page(), new_page()
    sign_in(admin, "qingshi.admin")
    import_roster(admin)
    campaign = open_campaign(admin)
    picture, class_code, code = issue_slips(admin)
    assert axe(admin) == []

    sign_in(counsellor, "qingshi.counsellor")
    counsellor.goto("/s/qingshi/alerts/")
    expect(counsellor.get_by_text("这里没有预警")).to_be_visible()

    pupil = new_page(width=390, height=844)
    enter(pupil, class_code, code, picture)
    assert axe(pupil) == []
    answer(pupil, 1, ITEM_15)
    expect(pupil.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    started = time.monotonic()
    expect(counsellor.get_by_role("link", name="高一（2）班 ·")).to_be_visible(timeout=10_000)
    assert time.monotonic() - started < QUEUE_MAY_TAKE_SECONDS

    another = new_page(width=390, height=844)  # the pupil goes on at another machine
    enter(another, class_code, code, picture)
    expect(another.locator("[data-place]")).to_contain_text("16 /")
    answer(another, 16, 90)
    another.get_by_role("button", name="答完了，交卷").click()
    another.wait_for_url("**/done/")
    assert axe(another) == []

    counsellor.get_by_role("link", name="查看并处理").first.click()
    alert = counsellor.url
    assert axe(counsellor) == []
    counsellor.fill("textarea[name=note]", "已联系班主任，课间请学生到辅导室。")
    counsellor.get_by_role("button", name="我来处理").click()
    expect(counsellor.get_by_text("已有人处理")).to_be_visible()
    counsellor.get_by_role("link", name="打开档案").click()
    file = counsellor.url
    expect(counsellor.locator("main")).to_contain_text("SCL-90")
    expect(counsellor.locator("main")).to_contain_text("第 15 题")
    assert axe(counsellor) == []

    sign_in(stranger, "baisha.counsellor")
    for address in (
        campaign,
        alert,
        file,
        "/s/qingshi/alerts/",
        "/s/qingshi/files/",
        "/s/qingshi/roster/",
        "/s/qingshi/today/",
    ):
        assert stranger.goto(address).status == 404, address
