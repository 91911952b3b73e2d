"""The roster's pages through the whole stack: middleware, scope, templates. Upload, preview, correct, commit."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import transaction
from django.test import Client

from qingyan.foundation.access.scope import entered
from qingyan.people.models import RosterDraft, Student
from qingyan.people.models.roster import DraftState
from qingyan.people.roster.oneroster.writing import Place, package
from tests.people.desk import for_home
from tests.people.queries.test_elsewhere import numbered
from tests.people.roster.files import csv_bytes, pupil, pupils, xlsx
from tests.people.roster.oneroster.sets import CLASSES, changed, swap
from tests.people.roster.oneroster.sets import pupils as oneroster_pupils
from tests.people.roster_browser import HERE, Browser, words


@pytest.fixture
def browser(committed_cast) -> Browser:
    return Browser(committed_cast)


def test_a_school_s_administrator_goes_from_file_to_register(browser):
    assert "青石中学" in words(browser.get(HERE))
    place = browser.uploaded(xlsx(for_home(pupils(60))))
    page = words(browser.get(place))
    assert "导入 60 行" in page
    assert "七年级（1）班" in page
    assert browser.pupils() == 5
    done = browser.client.post(f"{place}commit/", follow=True)
    assert "已导入：新学生 60 人" in words(done)
    assert browser.pupils() == 65
    again = browser.client.post(f"{place}commit/", follow=True)
    assert "名册没有任何改动" in words(again)
    assert browser.pupils() == 65


def test_a_bad_file_says_what_happened_that_nothing_changed_and_what_to_do(browser):
    place = browser.uploaded(b"%PDF-1.4")
    page = words(browser.get(place))
    for part in ("这不是名册文件（识别为 PDF）", "名册没有任何改动。", "请上传 .xlsx 工作簿"):
        assert part in page
    assert f"{place}commit/" not in page


def test_rows_with_errors_are_explained_and_can_be_downloaded_corrected_and_uploaded(browser):
    wrong = pupil(9, 身份证件号="150301201203090011", 姓名="=1+1")
    place = browser.uploaded(xlsx(for_home([*pupils(2), wrong])))
    page = words(browser.get(place))
    assert "最后一位校验不符" in page
    assert "3 行里有 1 行有错误" in page
    refused = browser.client.post(f"{place}commit/", follow=True)
    assert "还有 1 行有错误" in words(refused)
    assert browser.pupils() == 5
    answer = browser.get(f"{place}correction/")
    assert "attachment" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 2
    assert sheet["B2"].value == "=1+1"
    assert sheet["B2"].data_type == "s"
    assert "校验不符" in sheet.cell(2, 13).value
    sheet["B2"], sheet["F2"] = "王五", pupil(9)[5]
    buffer = io.BytesIO()
    sheet.parent.save(buffer)
    again = browser.uploaded(buffer.getvalue())
    assert "导入 1 行" in words(browser.get(again))


def test_the_good_rows_alone_can_be_imported_by_saying_so(browser):
    place = browser.uploaded(xlsx(for_home([*pupils(2), pupil(9, 姓名="")])))
    browser.client.post(f"{place}commit/", {"leave_out_bad": "on"})
    assert browser.pupils() == 7


def test_a_discarded_file_changes_nothing(browser):
    place = browser.uploaded(xlsx(for_home(pupils(2))))
    answer = browser.client.post(f"{place}discard/", follow=True)
    assert "已放弃" in words(answer)
    assert browser.drafts()[0].state == DraftState.DISCARDED
    assert browser.pupils() == 5


def test_every_list_of_the_preview_can_be_opened(browser):
    first = browser.uploaded(xlsx(for_home(pupils(40))))
    browser.client.post(f"{first}commit/")
    rows = [
        pupil(1, 民族="回族"),
        pupil(2, 班级="7班"),
        *pupils(30)[2:],
        pupil(90),
        pupil(91, 姓名=""),
        pupil(92, 民族="火星族"),
    ]
    place = browser.uploaded(xlsx(for_home(rows)))
    for key in ("errors", "warnings", "new", "changed", "moved", "unchanged", "missing"):
        page = browser.get(f"{place}?list={key}")
        assert page.status_code == 200
        assert f"?list={key}" in words(page), key
    assert "民族" in words(browser.get(f"{place}?list=changed"))
    assert "七年级（3）班 → 七年级（7）班" in words(browser.get(f"{place}?list=moved"))
    assert "不会改动他们" in words(browser.get(f"{place}?list=missing"))
    assert browser.get(f"{place}?list=nonsense").status_code == 200


def test_a_big_file_shows_progress_until_the_job_has_checked_it(browser):
    place = browser.uploaded(csv_bytes(for_home(pupils(2500))))
    page = words(browser.get(place))
    assert f'hx-get="{place}progress/"' in page
    waiting = browser.get(f"{place}progress/", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in waiting
    assert "<html" not in words(waiting)
    with transaction.atomic(), entered(browser.cast.platform()):
        RosterDraft.objects.update(state=DraftState.CHECKED)
    assert browser.get(f"{place}progress/")["HX-Refresh"] == "true"


def test_the_template_can_be_filled_in_and_uploaded(browser):
    answer = browser.get(f"{HERE}template/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    for column, cell in enumerate(for_home([pupil(1)])[0], start=1):
        book.active.cell(2, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    assert "导入 1 行" in words(browser.get(browser.uploaded(buffer.getvalue())))


def test_a_changed_row_shows_old_and_new_but_never_a_number_and_may_be_left_out(browser):
    place = browser.uploaded(xlsx(for_home(pupils(2))))
    browser.client.post(f"{place}commit/")
    renamed = pupil(1, 姓名="王小明", 监护人电话="13911112222")
    place = browser.uploaded(xlsx(for_home([renamed, pupil(2)])))
    page = words(browser.get(f"{place}?list=changed"))
    assert f"姓名：{pupil(1)[1]} → 王小明" in page
    assert "监护人电话" in page
    assert "13911112222" not in page
    assert browser.client.post(f"{place}commit/", {"skip": "nonsense"}).status_code == 302
    assert browser.drafts()[-1].state == DraftState.CHECKED
    browser.client.post(f"{place}commit/", {"skip": "changed"})
    assert browser.drafts()[-1].plan["changed"] == 0
    with transaction.atomic(), entered(browser.cast.platform()):
        assert not Student.objects.filter(name="王小明").exists()


def test_no_file_and_a_file_too_big_are_told_on_the_form(browser):
    assert browser.client.post(f"{HERE}new/", {}).status_code == 422
    big = browser.upload(b"0" * (16 * 1024 * 1024 + 1))
    assert big.status_code == 422
    assert "最多可以上传 16 MB" in words(big)
    assert browser.drafts() == []


@pytest.mark.parametrize(
    "path", ["", "new/", "drafts/{draft}/", "drafts/{draft}/correction/", "drafts/{draft}/progress/"]
)
def test_strangers_get_404_everywhere(browser, path):
    place = browser.uploaded(xlsx(for_home(pupils(1))))
    address = HERE + path.format(draft=place.rstrip("/").rpartition("/")[2])
    cast = browser.cast
    for stranger in (cast.other.school_admin, cast.home.homeroom_teacher, cast.city_officer):
        assert Browser(cast, stranger).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_strangers_can_neither_commit_nor_discard(browser):
    place = browser.uploaded(xlsx(for_home(pupils(1))))
    for stranger in (browser.cast.other.school_admin, browser.cast.home.counsellor):
        for verb in ("commit", "discard"):
            assert Browser(browser.cast, stranger).client.post(f"{place}{verb}/").status_code == 404
    assert browser.drafts()[0].state == DraftState.CHECKED


def test_a_counsellor_sees_counts_but_no_files(browser):
    browser.uploaded(xlsx(for_home(pupils(1))))
    page = words(Browser(browser.cast, browser.cast.home.counsellor).get(HERE))
    assert "高一（1）班" in page
    assert "名册.xlsx" not in page
    assert "上传名册" not in page


def test_every_template_is_linked_and_comes_as_a_file(browser):
    for page in (HERE, f"{HERE}new/"):
        for path in ("template/", "template/csv/", "template/oneroster/"):
            assert f'href="{HERE}{path}"' in words(browser.get(page))
    kinds = [browser.get(f"{HERE}template/{path}")["Content-Type"] for path in ("", "csv/", "oneroster/")]
    assert [kind.split(";")[0].rpartition("/")[2] for kind in kinds] == [
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv",
        "zip",
    ]


def test_a_oneroster_set_goes_the_same_way_as_a_register_file(browser):
    place = Place("any", browser.cast.home.school.name, "学年", date(2026, 9, 1), date(2027, 8, 31))
    content = package(place, CLASSES, oneroster_pupils(3))
    page = words(browser.get(browser.uploaded(content)))
    assert "导入 3 行" in page
    assert "八年级（2）班" in page
    delta = changed(content, {"manifest.csv": swap("file.users,bulk", "file.users,delta")})
    refused = words(browser.get(browser.uploaded(delta)))
    assert "users.csv 是增量数据（delta）" in refused
    assert "名册没有任何改动" in refused


def test_pupils_of_another_school_are_explained_without_naming_it_and_asked_for(browser):
    other = browser.cast.other
    with transaction.atomic():
        numbered(browser.cast, other, id_number=pupil(1)[5])
    place = browser.uploaded(xlsx(for_home(pupils(3))))
    page = words(browser.get(place))
    assert "1 名学生在本市另一所学校有档案" in page
    assert other.school.name not in page
    assert "会发出转学请求" in words(browser.get(f"{place}?list=elsewhere"))
    done = words(browser.client.post(f"{place}commit/", follow=True))
    assert "请求已发出" in done
    listed = words(browser.get("/s/qingshi/transfers/"))
    assert pupil(1)[1] in listed
    assert "本市另一所学校" in listed
    for page in (done, listed):
        assert other.school.name not in page
        assert other.school.short_name not in page
