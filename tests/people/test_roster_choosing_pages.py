"""The pages on which rows are chosen, duplicates compared, and an import undone."""

import pytest
from django.db import transaction

from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.api import app
from qingyan.people.actions import roster, roster_committing
from qingyan.people.models import RosterProgress, Student
from tests.people.desk import for_home
from tests.people.roster.files import csv_bytes, pupil, pupils, xlsx
from tests.people.roster_browser import Browser, words


@pytest.fixture
def browser(committed_cast) -> Browser:
    return Browser(committed_cast)


def decided(browser, place: str, **fields) -> str:
    return words(browser.client.post(f"{place}choices/", fields, follow=True))


def test_a_row_can_be_left_out_the_page_keeps_it_and_the_import_follows(browser):
    place = browser.uploaded(xlsx(for_home(pupils(3))))
    page = words(browser.get(f"{place}?list=new"))
    assert 'name="row-2"' in page
    assert "导入 3 行" in page
    page = decided(browser, place, **{"row-2": "leave", "row-3": "take", "list": "new", "page": "1"})
    assert "这一页的选择已保存" in page
    assert "导入 2 行" in page
    assert "另有 1 行不导入" in page
    browser.client.post(f"{place}commit/")
    assert browser.pupils() == 5 + 2


def test_a_possible_duplicate_is_compared_on_the_page_and_waits(browser):
    first = browser.uploaded(xlsx(for_home(pupils(2))))
    browser.client.post(f"{first}commit/")
    born = pupil(1)[3]
    place = browser.uploaded(
        xlsx(for_home([pupil(77, 姓名=pupil(1)[1], 出生日期=born, 身份证件号="", 学籍号="G777777")]))
    )
    page = words(browser.get(f"{place}?list=duplicate"))
    for part in ("没有决定之前不会导入", "名册里已有", "是另一名学生，新建档案", "并入其档案", "导入 0 行"):
        assert part in page
    browser.client.post(f"{place}commit/")
    assert browser.pupils() == 7


def test_choices_that_make_no_sense_are_refused_in_words(browser):
    place = browser.uploaded(xlsx(for_home(pupils(1))))
    assert "没有看懂您的选择" in decided(browser, place, **{"row-2": "nonsense"})
    assert "没有看懂您的选择" in decided(browser, place, **{"row-99": "leave", "row-x": "leave"})


def test_an_import_is_undone_from_its_page_and_told_when_it_cannot_be(browser):
    place = browser.uploaded(xlsx(for_home(pupils(4))))
    browser.client.post(f"{place}commit/")
    assert "撤销这次导入" in words(browser.get(place))
    with transaction.atomic(), entered(browser.cast.platform()):
        changed = Student.objects.get(name=pupil(1)[1])
        Student.objects.filter(pk=changed.pk).update(ethnicity="回族")
    refused = words(browser.client.post(f"{place}undo/", follow=True))
    assert "不能撤销，名册没有改动" in refused
    assert "1 人的档案在导入之后又有改动" in refused
    assert browser.pupils() == 9
    with transaction.atomic(), entered(browser.cast.platform()):
        Student.objects.filter(pk=changed.pk).update(ethnicity="汉族")
    assert "名册恢复到导入之前" in words(browser.client.post(f"{place}undo/", follow=True))
    assert browser.pupils() == 5


def test_a_big_import_waits_for_the_job_with_a_bar_that_says_how_far_it_is(browser):
    place = browser.uploaded(csv_bytes(for_home(pupils(2500))))
    draft = browser.drafts()[0]
    app.tasks[roster.CHECK_JOB].func(key="check", scope=scope_of(browser), draft_id=str(draft.id))
    page = words(browser.get(f"{place}?list=new&page=80"))
    assert "导入 2500 行" in page.replace(",", "")
    assert 'name="row-2400"' in page
    page = words(browser.client.post(f"{place}commit/", follow=True))
    assert f'hx-get="{place}progress/"' in page
    assert browser.pupils() == 5
    with transaction.atomic(), entered(browser.cast.platform()):
        RosterProgress.objects.update(phase="writing", done=2000)
    waiting = words(browser.get(f"{place}progress/", headers={"HX-Request": "true"}))
    assert 'value="2000" max="2500"' in waiting
    app.tasks[roster_committing.COMMIT_JOB].func(key="commit", scope=scope_of(browser), draft_id=str(draft.id))
    assert browser.get(f"{place}progress/")["HX-Refresh"] == "true"
    assert browser.pupils() == 2505


def scope_of(browser) -> dict:
    cast = browser.cast
    return {"actor": str(cast.home.school_admin.id), "kind": "staff", "school": cast.home.school.id, "request": ""}


def test_strangers_can_neither_choose_nor_undo(browser):
    place = browser.uploaded(xlsx(for_home(pupils(1))))
    for stranger in (browser.cast.other.school_admin, browser.cast.home.counsellor):
        for verb in ("choices", "undo"):
            assert Browser(browser.cast, stranger).client.post(f"{place}{verb}/").status_code == 404
