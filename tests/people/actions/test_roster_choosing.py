"""Row by row: what is left out stays out, a possible duplicate waits for a person, linked it keeps its file."""

from datetime import date

import pytest

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions import roster_checking, roster_choosing
from qingyan.people.actions.roster_choosing import NamedAlready, Unfit
from qingyan.people.actions.roster_draft import NotReady
from qingyan.people.models import Enrolment, RosterDraft, Student
from qingyan.people.roster.choosing import LEAVE, NEW
from tests.people.desk import LATER, NOW, Desk
from tests.people.roster.files import xlsx

HEADER = ("学籍号", "姓名", "出生日期", "年级", "班级")
FIRST = [["G100001", "张三", "2012-03-09", "七年级", "1"], ["G100002", "李四", "2012-03-10", "七年级", "1"]]
ALIKE = ["G100009", "张三", "2012-03-09", "七年级", "2"]


@pytest.fixture
def desk(cast, acting) -> Desk:
    desk = Desk(cast, acting)
    desk.bring(FIRST, header=HEADER)
    return desk


def upload(desk, *rows) -> RosterDraft:
    return desk.upload(xlsx(rows, header=HEADER), LATER)


def choose(desk, draft, choices):
    with desk.acting(desk.by):
        return roster_choosing.choose(draft=draft, choices=choices, by=desk.by, now=LATER)


def zhang_san(desk) -> Student:
    with desk.everything():
        return Student.objects.get(school=desk.school, name="张三", student_number_index__isnull=False)


def test_a_row_that_is_left_out_changes_nothing_and_the_next_one_comes_in(desk):
    draft = upload(desk, ["G100003", "王五", "2012-01-01", "七年级", "3"], ["G100004", "赵六", "", "七年级", "4"])
    draft = desk.commit(choose(desk, draft, {2: LEAVE}), LATER)
    assert (draft.plan["new"], draft.plan["new_classes"]) == (1, 1)
    with desk.everything():
        assert list(Student.objects.filter(name__in=["王五", "赵六"]).values_list("name", flat=True)) == ["赵六"]


def test_a_possible_duplicate_stays_out_until_somebody_decides(desk):
    before = desk.state()
    draft = upload(desk, ALIKE)
    assert (draft.plan["duplicate"], draft.plan["new"]) == (1, 0)
    desk.commit(draft, LATER)
    assert desk.state() == before


def test_the_same_child_keeps_the_file_and_gets_the_number_and_the_class(desk):
    one, draft = zhang_san(desk), upload(desk, ALIKE)
    draft = desk.commit(choose(desk, draft, {2: f"link:{one.id}"}), LATER)
    assert (draft.plan["moved"], draft.plan["duplicate"]) == (1, 0)
    with desk.everything():
        again = Student.objects.get(pk=one.pk)
        assert (again.student_number, again.school_class.number, again.birth_date) == (
            "G100009",
            2,
            date(2012, 3, 9),
        )
        assert Student.objects.filter(name="张三").count() == 1
        assert Enrolment.objects.filter(student=again).count() == 2


def test_another_child_gets_a_file_of_its_own(desk):
    one, draft = zhang_san(desk), upload(desk, ALIKE)
    desk.commit(choose(desk, draft, {2: NEW}), LATER)
    with desk.everything():
        assert Student.objects.filter(name="张三").count() == 2
        assert Student.objects.get(pk=one.pk).student_number == "G100001"


def test_one_file_is_not_meant_by_two_rows(desk):
    one = zhang_san(desk)
    draft = upload(
        desk, ["G100009", "张三", "2012-03-09", "七年级", "2"], ["G100010", "张三", "2012-03-09", "七年级", "3"]
    )
    with pytest.raises(NamedAlready):
        choose(desk, draft, {2: f"link:{one.id}", 3: f"link:{one.id}"})
    assert choose(desk, draft, {2: f"link:{one.id}"}).choices == {"2": f"link:{one.id}"}
    with pytest.raises(NamedAlready):
        choose(desk, draft, {3: f"link:{one.id}"})


def test_a_choice_for_no_row_or_of_no_sense_is_refused_and_nothing_is_kept(desk):
    draft = upload(desk, ALIKE)
    for choices in ({99: LEAVE}, {2: "take"}, {2: f"link:{draft.id}"}):
        with pytest.raises(Unfit):
            choose(desk, draft, choices)
    with desk.everything():
        assert RosterDraft.objects.get(pk=draft.pk).choices == {}


def test_choices_outlive_a_new_preview_as_far_as_they_still_fit(desk):
    rows = (["G100003", "王五", "", "七年级", "1"], ["G100004", "赵六", "", "七年级", "1"])
    draft = choose(desk, upload(desk, *rows), {2: LEAVE, 3: LEAVE})
    desk.bring([rows[0]], header=HEADER, now=LATER)
    with desk.acting(desk.by):
        again = roster_checking.replan(draft=draft, by=desk.by, now=LATER)
    assert (again.plan["unchanged"], again.plan["new"], again.choices) == (1, 1, {"3": LEAVE})


def test_choosing_is_traced_without_names_and_ends_with_the_commit(desk):
    draft = choose(desk, upload(desk, ALIKE), {2: NEW})
    with desk.everything():
        entry = AuditEntry.objects.get(action="roster.rows_chosen")
        assert entry.detail == {"rows": 1, "changed": 1}
    draft = desk.commit(draft, LATER)
    with pytest.raises(NotReady):
        choose(desk, draft, {2: LEAVE})


def test_nobody_else_chooses(desk, cast, acting):
    draft = upload(desk, ALIKE)
    stranger = cast.actor(cast.other.school_admin, cast.other)
    with acting(stranger), pytest.raises(NotVisible):
        roster_choosing.choose(draft=draft, choices={2: NEW}, by=stranger, now=NOW)
