"""A school's roster goes out as OneRoster and comes back with nothing changed; nobody else gets it; all is recorded."""

import io
import zipfile

import pytest

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions import roster_export
from qingyan.people.models import Student
from qingyan.people.models.roster import DraftState
from tests.people.desk import NOW, Desk, for_home
from tests.people.roster.files import HEADER, pupil, pupils
from tests.people.roster_browser import HERE, Browser, words


@pytest.fixture
def desk(cast, acting) -> Desk:
    return Desk(cast, acting)


def exported(desk: Desk) -> bytes:
    with desk.acting(desk.by):
        return roster_export.export(school=desk.school, by=desk.by, now=NOW)


def text_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return "\n".join(made.read(name).decode() for name in made.namelist())


def test_what_goes_out_comes_back_and_nothing_has_changed(desk):
    odd = pupil(70, 姓名="阿依古丽·买买提", 性别="未说明", 学籍号="L20260001", 身份证件号="", 身份证件类型="", 民族="")
    alone = pupil(71, 学籍号="", 身份证件类型="居民身份证")
    desk.bring(for_home([*pupils(30), odd, alone]), header=HEADER)
    again = desk.upload(exported(desk))
    assert again.state == DraftState.CHECKED, again.problem
    plan = again.plan
    assert (plan["new"], plan["changed"], plan["moved"], plan["missing"], again.rows_bad) == (0, 0, 0, 0, 0)
    assert plan["unchanged"] == again.rows_total >= 32


def test_a_change_after_the_export_is_seen(desk):
    desk.bring(for_home(pupils(5)))
    content = exported(desk)
    with desk.everything():
        Student.objects.filter(name=pupil(1)[1]).update(name="王小明")
    again = desk.upload(content)
    assert (again.plan["changed"], again.plan["new"]) == (1, 0)


def test_only_present_pupils_go_out_without_guardians_and_of_numbers_the_least(desk):
    rows = for_home(pupils(3))
    desk.bring(rows)
    with desk.everything():
        Student.objects.filter(name=rows[2][1]).update(state="left")
    said = text_of(exported(desk))
    assert rows[0][0] in said
    assert rows[2][0] not in said
    assert rows[0][11] not in said
    assert "李家长" not in said
    assert f"identity:{rows[0][5]}" not in said


def test_the_trail_says_who_took_how_many_and_no_name(desk):
    desk.bring(for_home(pupils(3)))
    exported(desk)
    with desk.everything():
        entry = AuditEntry.objects.filter(action="roster.exported").get()
        count = Student.objects.filter(school=desk.school, state="enrolled", school_class__isnull=False).count()
    assert entry.actor_id == desk.by.id
    assert entry.detail == {"format": "oneroster-1.2", "pupils": count}


def test_nobody_else_exports_the_school(desk):
    cast = desk.cast
    counsellor, stranger = cast.actor(cast.home.counsellor, cast.home), cast.actor(cast.other.school_admin, cast.other)
    with desk.acting(counsellor), pytest.raises(NotVisible):
        roster_export.export(school=desk.school, by=counsellor, now=NOW)
    with desk.acting(stranger), pytest.raises(NotVisible):
        roster_export.export(school=desk.school, by=stranger, now=NOW)
    with desk.acting(stranger):
        own = text_of(roster_export.export(school=cast.other.school, by=stranger, now=NOW))
    assert str(cast.home.pupil.id) not in own
    assert str(cast.home.pupil.id) in text_of(exported(desk))


def test_a_school_without_pupils_is_told_so(desk):
    with desk.everything():
        Student.objects.filter(school=desk.school).update(state="left")
    with desk.acting(desk.by), pytest.raises(roster_export.NothingToExport):
        roster_export.export(school=desk.school, by=desk.by, now=NOW)


def test_the_page_offers_it_to_the_administrator_and_a_link_alone_exports_nothing(committed_cast):
    browser = Browser(committed_cast)
    assert f'action="{HERE}export/"' in words(browser.get(HERE))
    assert browser.get(f"{HERE}export/").status_code == 405
    answer = browser.client.post(f"{HERE}export/")
    assert answer["Content-Type"] == "application/zip"
    assert "青石" not in answer["Content-Disposition"]
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    counsellor = Browser(committed_cast, committed_cast.home.counsellor)
    assert f'action="{HERE}export/"' not in words(counsellor.get(HERE))
    assert counsellor.client.post(f"{HERE}export/").status_code == 404
    assert counsellor.client.post("/s/other/roster/export/").status_code == 404
