"""One machine of the computer room, one pupil after the other: what the next one can see of the last. Real Chromium.

The browser keeps a profile on the disk, as those machines do, with the back-forward cache switched on.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import CHROMIUM_FLAGS
from tests.journeys.conftest import BUILT
from tests.screening.answering import campaign_of, open_page, stored
from tests.ui.test_sealed_answers import EVERYTHING

pytestmark = pytest.mark.journeys
BFCACHE_OFF = "--disable-back-forward-cache"  # Playwright's default; browsers of people have it on


@pytest.fixture
def machine(chromium, site, tmp_path) -> Iterator[BrowserContext]:
    """A browser with a profile on the disk, in `tmp_path / "profile"`."""
    if not BUILT.exists():
        pytest.skip("the front end is not built (make build): the browser stories were not tried")
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"),
        args=CHROMIUM_FLAGS,
        ignore_default_args=[BFCACHE_OFF],
        base_url=site,
        locale="zh-CN",
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def sheet(committed_cast):
    """The pupil's page without a browser: cookie and number of the sheet."""
    return open_page(committed_cast, committed_cast.home.pupils_a[0], campaign_of(committed_cast))


def sit_down(machine: BrowserContext, site: str, sheet) -> Page:
    """The pupil signs in (the ticket of the door) and stands at the own sheet."""
    machine.add_cookies(
        [{"name": "qy_pupil", "value": sheet.cookie, "url": site, "httpOnly": True, "sameSite": "Strict"}]
    )
    page = machine.new_page()
    page.goto(address(sheet))
    expect(page.locator("[data-text]")).to_be_visible()
    return page


def address(sheet) -> str:
    return f"/s/qingshi/sheets/{sheet.sheet}/"


def answer(page: Page, first: int, last: int) -> list[str]:
    """Answer by keyboard; the wording of the questions seen."""
    seen = []
    for number in range(first, last + 1):
        expect(page.locator("[data-place]")).to_contain_text(f"{number} /")
        seen.append(page.inner_text("[data-text]"))
        page.keyboard.press("4")
    return seen


def cut_off(machine: BrowserContext) -> None:
    """Pages still come, answers do not arrive."""
    machine.route("**/a/*", lambda route: route.abort("internetdisconnected"))


def signed_out_with_answers_waiting(machine, site, sheet) -> tuple[Page, list[str]]:
    page = sit_down(machine, site, sheet)
    seen = answer(page, 1, 2)
    expect(page.locator("[data-saved-word]")).to_have_text("已保存")
    cut_off(machine)
    seen += answer(page, 3, 4)
    expect(page.locator("[data-unsent]")).to_contain_text("还有 2 题未上传，已加密存在这台电脑上")
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks whether to leave
    page.goto(address(sheet) + "pause/")
    expect(page.get_by_text("已经保存了 2 题")).to_be_visible()
    expect(page.locator("[data-leftovers]")).to_contain_text("还有 2 题")
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("link", name="下一位同学登录").click()
    expect(page.locator("input[name=school_class]")).to_be_visible()
    return page, seen


def test_after_signing_out_the_browser_shows_and_keeps_nothing(machine, site, sheet):
    page, seen = signed_out_with_answers_waiting(machine, site, sheet)
    assert page.evaluate(EVERYTHING) == []
    assert [one["name"] for one in machine.cookies() if one["name"] == "qy_pupil"] == []
    assert page.evaluate("[...document.querySelectorAll('main input:not([type=hidden])')].map((one) => one.value)") == [
        "",
        "",
    ]
    for _ in range(4):  # Back, and back again
        page.go_back()
        page.wait_for_load_state("load")
        page.wait_for_timeout(200)
        assert not shows(page, seen)
    restored = machine.new_page()
    restored.goto(address(sheet))
    assert "/sheets/" not in restored.url
    assert not shows(restored, seen)


def shows(page: Page, seen: list[str]) -> bool:
    content = page.content() + page.inner_text("body")
    return any(text in content for text in seen)


def test_the_profile_on_the_disk_holds_no_question_and_no_answer(machine, site, sheet, tmp_path):
    """Disk cache, session files for "restore tabs", history, databases: all files of the profile, after closing it."""
    _, seen = signed_out_with_answers_waiting(machine, site, sheet)
    machine.close()
    marks = [*seen, '"value":4', '"item":2']
    assert on_disk(tmp_path / "profile", marks) == []


def test_the_search_of_the_disk_finds_what_a_careless_page_leaves(machine, site, sheet, tmp_path):
    """Negative control: the same search after a page that kept its answers in localStorage."""
    page = sit_down(machine, site, sheet)
    page.evaluate("localStorage.setItem('answers', JSON.stringify({item: 2, value: 4, text: '失眠多梦'}))")
    page.wait_for_timeout(500)
    assert page.evaluate(EVERYTHING) != []
    machine.close()
    assert on_disk(tmp_path / "profile", ['"value":4', "失眠多梦"])


def on_disk(profile: Path, marks: list[str]) -> list[str]:
    """Files that hold one of the marks, as UTF-8 or UTF-16."""
    wanted = [mark.encode(code) for mark in marks for code in ("utf-8", "utf-16-le")]
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert len(files) > 20  # a profile, not an empty folder
    return [str(path.relative_to(profile)) for path in files if any(mark in path.read_bytes() for mark in wanted)]


def test_after_a_crash_the_same_pupil_finds_every_answer_again(machine, site, sheet, committed_cast):
    page = sit_down(machine, site, sheet)
    answer(page, 1, 1)
    cut_off(machine)
    answer(page, 2, 3)
    expect(page.locator("[data-unsent]")).to_contain_text("还有 2 题未上传，已加密存在这台电脑上")
    page.close(run_before_unload=False)
    assert stored(committed_cast, sheet).answers[:4] == [4, None, None, None]
    machine.unroute("**/a/*")
    page = sit_down(machine, site, sheet)
    expect(page.locator("[data-place]")).to_contain_text("4 /")
    expect(page.locator("[data-saved-word]")).to_have_text("已保存")
    assert stored(committed_cast, sheet).answers[:4] == [4, 4, 4, None]
    page.wait_for_timeout(200)
    assert page.evaluate(EVERYTHING) == []


def test_the_next_pupil_reads_nothing_of_the_one_whose_machine_died(machine, site, sheet, committed_cast):
    page = sit_down(machine, site, sheet)
    cut_off(machine)
    seen = answer(page, 1, 2)
    expect(page.locator("[data-unsent]")).to_contain_text("已加密存在这台电脑上")
    page.close(run_before_unload=False)
    machine.unroute("**/a/*")
    other = open_page(committed_cast, committed_cast.home.pupils_a[1], campaign_of(committed_cast))
    page = sit_down(machine, site, other)
    left = page.evaluate(EVERYTHING)
    assert len(left) == 2
    assert not any(text in one or "value" in one for one in left for text in seen)
    assert page.inner_text("[data-place]").startswith("1 /")
    assert stored(committed_cast, other).answers[:2] == [None, None]
