"""A roster whose pupil is at another school: told plainly, asked for, the school never named; and the export."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.journeys.test_one_screening import sign_in
from tests.journeys.test_planning import fits
from tests.people.desk import for_home
from tests.people.queries.test_elsewhere import numbered
from tests.people.roster.files import pupil, pupils, xlsx

pytestmark = pytest.mark.journeys
SHOTS = os.environ.get("QINGYAN_SHOTS")


def looked_at(page: Page, axe, name: str) -> tuple[bool, list[str]]:
    """Whether the page fits and what axe finds; a picture where somebody wants one."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{page.viewport_size['width']}.png", full_page=True)
    return fits(page), axe(page)


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_a_pupil_of_another_school_is_asked_for_and_the_roster_goes_out(committed_cast, new_page, axe, width, dark):
    with transaction.atomic():
        numbered(committed_cast, committed_cast.other, id_number=pupil(1)[5])
    page = new_page(width=width, height=800, dark=dark)
    sign_in(page, "qingshi.admin")
    page.goto("/s/qingshi/roster/new/")
    seen = [looked_at(page, axe, "new")]
    page.set_input_files(
        "input[type=file]",
        {"name": "名册.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx(for_home(pupils(3)))},
    )
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_text("1 名学生在本市另一所学校有档案")).to_be_visible()
    seen.append(looked_at(page, axe, "draft"))
    page.get_by_role("link", name="看是哪些学生").click()
    expect(page.get_by_role("cell", name=pupil(1)[1])).to_be_visible()
    seen.append(looked_at(page, axe, "elsewhere"))
    page.get_by_role("button", name="导入 3 行").click()
    expect(page.get_by_text("请求已发出")).to_be_visible()
    seen.append(looked_at(page, axe, "list"))
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 OneRoster 1.2（ZIP）").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as made:
        assert pupil(2)[1] in made.read("users.csv").decode()
    page.goto("/s/qingshi/transfers/")
    expect(page.get_by_text("本市另一所学校").first).to_be_visible()
    seen.append(looked_at(page, axe, "transfers"))
    page.get_by_role("link", name=pupil(1)[1]).click()
    expect(page.get_by_text("对方同意以后，这里显示是哪所学校")).to_be_visible()
    seen.append(looked_at(page, axe, "transfer"))
    assert committed_cast.other.school.name not in page.content()
    assert seen == [(True, [])] * 6
