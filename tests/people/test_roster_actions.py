"""A roster goes from file to register in the database, as the app role: counts, refusals, changes, moves, only once."""

from datetime import UTC, date, datetime

import pytest

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.audit.models import AuditEntry
from qingyan.organisations.models import SchoolClass
from qingyan.people.actions import roster, roster_checking, roster_committing
from qingyan.people.actions.roster_draft import BadRowsLeft, NotReady, PreviewOutdated
from qingyan.people.models import Enrolment, Guardian, RosterDraft, RosterPart, Student
from qingyan.people.models.roster import DraftState
from qingyan.people.models.student import StudentState
from qingyan.people.queries import roster as queries
from qingyan.people.roster import keeping
from qingyan.people.roster.planning import Fate
from tests.people.desk import LATER, NOW, SHORT, Desk, for_home
from tests.people.roster.files import csv_bytes, identity_number, pupil, pupils, xlsx


@pytest.fixture
def desk(cast, acting) -> Desk:
    return Desk(cast, acting)


def test_three_hundred_pupils_come_in_with_classes_enrolments_and_sealed_guardians(desk):
    draft = desk.upload(xlsx(for_home(pupils(300))))
    assert (draft.state, draft.rows_total, draft.rows_good, draft.rows_bad) == (DraftState.CHECKED, 300, 300, 0)
    assert (draft.plan["new"], draft.plan["new_classes"]) == (300, 8)
    done = desk.commit(draft)
    assert (done.state, done.committed_at) == (DraftState.COMMITTED, NOW)
    with desk.everything():
        new = Student.objects.filter(school=desk.school, school_class__grade=7)
        assert new.count() == 300
        assert Enrolment.objects.filter(student__in=new, ends_on=None, starts_on=date(2026, 11, 24)).count() == 300
        one = new.get(name=pupil(1)[1])
        assert one.id_number == identity_number(1, date(2012, 2, 2))
        assert one.student_number == f"G{one.id_number}"
        assert (one.sex, one.birth_date, one.ethnicity, one.state) == (
            "M",
            date(2012, 2, 2),
            "汉族",
            StudentState.ENROLLED,
        )
        guardian = Guardian.objects.get(student=one)
        assert (guardian.name, guardian.phone) == ("李家长", "13800000001")
    codes = list(SchoolClass.objects.filter(school=desk.school, grade=7).values_list("code", flat=True))
    assert len(set(codes)) == 8
    assert all(len(code) == 6 and not set(code) & set("01OIL") for code in codes)


def test_the_same_numbers_at_another_school_are_asked_for_and_never_a_second_file(desk, cast, acting):
    desk.bring(for_home(pupils(5)))
    by = cast.actor(cast.other.school_admin, cast.other)
    with acting(by):
        draft = roster.upload(
            school=cast.other.school, file_name="a", content=xlsx(for_home(pupils(6))), by=by, now=NOW
        )
        assert (draft.plan["new"], draft.plan["elsewhere"]) == (1, 5)
        roster_committing.commit(draft=draft, by=by, now=NOW)
        assert Student.objects.filter(school_class__grade=7).count() == 1
    with desk.everything():
        assert Student.objects.filter(school=desk.school, school_class__grade=7).count() == 5


@pytest.mark.parametrize("role", ["counsellor", "homeroom_teacher", "principal", "invigilator"])
def test_nobody_but_the_school_s_administrator_may_import(desk, cast, acting, role):
    by = cast.actor(getattr(cast.home, role), cast.home)
    with acting(by), pytest.raises(NotVisible):
        roster.upload(school=cast.home.school, file_name="a", content=xlsx(pupils(1)), by=by, now=NOW)


def test_an_administrator_may_not_import_for_another_school(desk, cast, acting):
    with acting(desk.by), pytest.raises(NotVisible):
        roster.upload(school=cast.other.school, file_name="a", content=xlsx(pupils(1)), by=desk.by, now=NOW)
    draft = desk.upload(xlsx(for_home(pupils(1))))
    stranger = cast.actor(cast.other.school_admin, cast.other)
    with acting(stranger):
        with pytest.raises(NotVisible):
            queries.draft(stranger, draft.id)
        with pytest.raises(NotVisible):
            roster_committing.commit(draft=draft, by=stranger, now=NOW)
        assert not RosterDraft.objects.exists()


def test_a_refused_file_changes_nothing_and_says_why(desk):
    before = desk.state()
    draft = desk.upload(b"%PDF-1.7")
    assert (draft.state, draft.rows_total) == (DraftState.REFUSED, 0)
    assert '"wrong_kind"' in draft.problem
    with pytest.raises(NotReady):
        desk.commit(draft)
    assert desk.state() == before


def test_bad_rows_hold_the_import_until_somebody_says_to_leave_them_out(desk):
    before = desk.state()
    rows = for_home([*pupils(3), pupil(9, 身份证件号="150301201203090011")])
    draft = desk.upload(xlsx(rows))
    assert (draft.rows_good, draft.rows_bad) == (3, 1)
    with pytest.raises(BadRowsLeft):
        desk.commit(draft)
    assert desk.state() == before
    desk.commit(draft, leave_out_bad=True)
    with desk.everything():
        assert Student.objects.filter(school_class__grade=7).count() == 3


def test_a_file_of_bad_rows_only_can_never_be_committed(desk):
    draft = desk.upload(xlsx(for_home([pupil(1, 姓名="")])))
    with pytest.raises(NotReady):
        desk.commit(draft, leave_out_bad=True)


def test_committing_twice_is_refused_and_changes_nothing(desk):
    draft = desk.upload(xlsx(for_home(pupils(4))))
    desk.commit(draft)
    before = desk.state()
    with pytest.raises(NotReady):
        desk.commit(draft)
    assert desk.state() == before


def test_the_same_file_again_finds_everybody_unchanged(desk):
    desk.bring(for_home(pupils(20)))
    before = desk.state()
    draft = desk.upload(xlsx(for_home(pupils(20))), LATER)
    assert (draft.plan["unchanged"], draft.plan["new"], draft.plan["changed"]) == (20, 0, 0)
    desk.commit(draft, LATER)
    assert desk.state() == before


def test_what_the_file_says_otherwise_is_changed_and_what_it_leaves_empty_stays(desk):
    desk.bring(for_home(pupils(2)))
    changed = pupil(1, 民族="蒙古", 监护人电话="13911112222", 监护人姓名="", 出生日期="")
    draft = desk.bring(for_home([changed, pupil(2)]), now=LATER)
    assert (draft.plan["changed"], draft.plan["unchanged"]) == (1, 1)
    with desk.everything():
        one = Student.objects.get(name=changed[1])
        assert (one.ethnicity, one.birth_date) == ("蒙古族", date(2012, 2, 2))
        guardian = Guardian.objects.get(student=one)
        assert (guardian.name, guardian.phone) == ("李家长", "13911112222")
        assert Enrolment.objects.filter(student=one).count() == 1


def test_a_pupil_may_be_found_by_either_number_and_gets_the_other(desk):
    desk.bring([[f"G{identity_number(7)}", "张三", "七年级", "1"]], header=SHORT)
    header = ("学籍号", "身份证件号", "姓名", "年级", "班级")
    draft = desk.bring(
        [[f"G{identity_number(7)}", identity_number(7), "张三", "七年级", "1"]], header=header, now=LATER
    )
    assert (draft.plan["changed"], draft.plan["new"]) == (1, 0)
    draft = desk.upload(xlsx([["", identity_number(7), "张三", "七年级", "1"]], header=header), LATER)
    assert draft.plan["unchanged"] == 1
    with desk.everything():
        assert Student.objects.get(name="张三").id_number == identity_number(7)


def test_a_moved_pupil_keeps_the_history_of_classes(desk):
    desk.bring([["G100001", "张三", "七年级", "1"], ["G100002", "李四", "七年级", "1"]], header=SHORT)
    draft = desk.bring(
        [["G100001", "张三", "七年级", "2"], ["G100002", "李四", "七年级", "1"]], header=SHORT, now=LATER
    )
    assert (draft.plan["moved"], draft.plan["unchanged"], draft.plan["new_classes"]) == (1, 1, 1)
    with desk.everything():
        one = Student.objects.get(name="张三")
        assert one.school_class.number == 2
        history = Enrolment.objects.filter(student=one).order_by("starts_on")
        assert [(row.school_class.number, row.ends_on) for row in history] == [(1, date(2026, 11, 25)), (2, None)]


def test_a_kind_of_rows_that_is_left_out_changes_nothing_and_opens_no_class(desk):
    desk.bring([["G100001", "张三", "七年级", "1"], ["G100002", "李四", "七年级", "1"]], header=SHORT)
    before = desk.state()
    rows = [["G100001", "张三", "七年级", "2"], ["G100002", "李四", "七年级", "1"], ["G100003", "王五", "七年级", "3"]]
    draft = desk.upload(xlsx(rows, header=SHORT), LATER)
    draft = desk.commit(draft, LATER, skip={Fate.MOVED, Fate.NEW})
    assert (draft.plan["moved"], draft.plan["new"], draft.plan["unchanged"], draft.plan["new_classes"]) == (0, 0, 1, 0)
    assert desk.state() == before


def test_a_file_that_was_merged_away_is_not_brought_back_to_life(desk):
    desk.bring([["G100001", "张三", "七年级", "1"]], header=SHORT)
    with desk.everything():
        Student.objects.filter(name="张三").update(state=StudentState.MERGED, school_class=None)
    draft = desk.upload(xlsx([["G100001", "张三", "七年级", "1"]], header=SHORT), LATER)
    assert (draft.rows_good, draft.rows_bad) == (0, 1)
    assert "file_merged" in draft.problems


def test_missing_pupils_are_listed_and_never_touched(desk):
    desk.bring([["G100001", "张三", "七年级", "1"], ["G100002", "李四", "七年级", "1"]], header=SHORT)
    before = desk.state()
    draft = desk.bring([["G100001", "张三", "七年级", "1"]], header=SHORT, now=LATER)
    assert draft.plan["missing"] == 1
    assert desk.state() == before


def test_a_pupil_who_left_comes_back_with_the_same_file(desk):
    desk.bring([["G100001", "张三", "七年级", "1"]], header=SHORT)
    with desk.everything():
        Student.objects.filter(name="张三").update(state=StudentState.LEFT)
        Enrolment.objects.filter(student__name="张三").update(ends_on=date(2026, 11, 24))
    draft = desk.bring([["G100001", "张三", "七年级", "1"]], header=SHORT, now=LATER)
    assert draft.plan["changed"] == 1
    with desk.everything():
        one = Student.objects.get(name="张三")
        assert one.state == StudentState.ENROLLED
        assert Enrolment.objects.filter(student=one, ends_on=None).count() == 1


def test_numbers_of_two_pupils_in_one_row_make_it_bad(desk):
    header = ("学籍号", "身份证件号", "姓名", "年级", "班级")
    desk.bring(
        [
            ["G100001", identity_number(1), "张三", "七年级", "1"],
            ["G100002", identity_number(2), "李四", "七年级", "1"],
        ],
        header=header,
    )
    draft = desk.upload(xlsx([["G100001", identity_number(2), "张三", "七年级", "1"]], header=header), LATER)
    assert (draft.rows_good, draft.rows_bad) == (0, 1)
    kept = keeping.report_from(draft.problems)
    assert [problem.code for problem in kept.problems] == ["numbers_of_two_pupils"]
    assert kept.bad[0].cells == ["G100001", identity_number(2), "张三", "7", "1"]


def test_two_rows_for_one_pupil_by_different_numbers_are_both_bad(desk):
    header = ("学籍号", "身份证件号", "姓名", "年级", "班级")
    desk.bring([["G100001", identity_number(1), "张三", "七年级", "1"]], header=header)
    rows = [["G100001", "", "张三", "七年级", "1"], ["", identity_number(1), "张三", "七年级", "2"]]
    draft = desk.upload(xlsx(rows, header=header), LATER)
    assert (draft.rows_good, draft.rows_bad) == (0, 2)


def test_a_preview_that_is_no_longer_true_is_refused_and_made_anew(desk):
    rows = xlsx(for_home(pupils(3)))
    first, second = desk.upload(rows), desk.upload(rows)
    desk.commit(first)
    before = desk.state()
    with pytest.raises(PreviewOutdated):
        desk.commit(second)
    assert desk.state() == before
    with desk.acting(desk.by):
        again = roster_checking.replan(draft=second, by=desk.by, now=NOW)
    assert (again.plan["new"], again.plan["unchanged"]) == (0, 3)
    desk.commit(again)
    assert desk.state() == before


def test_a_discarded_draft_keeps_no_rows_and_cannot_be_committed(desk):
    draft = desk.upload(xlsx(for_home(pupils(3))))
    with desk.acting(desk.by):
        gone = roster.discard(draft=draft, by=desk.by, now=NOW)
        with pytest.raises(NotReady):
            roster_committing.commit(draft=gone, by=desk.by, now=NOW)
        again = RosterDraft.objects.get(pk=draft.pk)
    assert (again.state, again.file, again.problems) == (DraftState.DISCARDED, None, None)
    with desk.everything():
        assert not RosterPart.objects.filter(draft=draft).exists()


def test_rows_in_a_draft_are_sealed_and_the_plan_names_nobody(desk):
    draft = desk.upload(xlsx(for_home(pupils(3))))
    name = pupil(1)[1]
    with desk.everything():
        plan = RosterDraft.objects.get(pk=draft.pk).plan
        [stored] = RosterPart.objects.filter(draft=draft).values("rows", "counts")
    assert name.encode() not in bytes(stored["rows"])
    assert name not in str(stored["counts"]) + str(plan)


def test_every_step_is_in_the_audit_trail_without_names(desk):
    draft = desk.bring(for_home(pupils(3)))
    with desk.everything():
        entries = AuditEntry.objects.filter(subject_kind="roster_draft", subject_id=str(draft.id)).order_by("id")
        assert [entry.action for entry in entries] == ["roster.uploaded", "roster.checked", "roster.committed"]
        assert entries.last().detail["new"] == 3
        assert "李" not in str([entry.detail for entry in entries])


def test_a_school_without_a_school_year_is_told_so(desk, cast):
    draft = desk.upload(xlsx(for_home(pupils(1))), datetime(2020, 1, 1, tzinfo=UTC))
    assert '"no_school_year"' in draft.problem


def test_a_big_file_waits_for_the_job_and_is_checked_by_it(desk, monkeypatch):
    asked = []
    monkeypatch.setattr(roster, "enqueue", lambda name, **rest: asked.append((name, rest["draft_id"])))
    content = csv_bytes(for_home(pupils(2500)), encoding="gb18030")
    draft = desk.upload(content)
    assert (draft.state, asked) == (DraftState.WAITING, [("people.check_roster", str(draft.id))])
    with desk.everything(), pytest.raises(NotReady):
        roster_committing.commit(draft=draft, by=desk.cast.platform(), now=NOW)
    with desk.acting(desk.cast.platform()):
        checked = roster_checking.check_waiting(draft=draft, by=desk.cast.platform(), now=NOW)
        assert (checked.state, checked.rows_good) == (DraftState.CHECKED, 2500)
        assert roster_checking.check_waiting(draft=draft, by=desk.cast.platform(), now=NOW).state == DraftState.CHECKED
