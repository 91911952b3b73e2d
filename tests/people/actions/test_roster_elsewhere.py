"""A roster whose pupil is at another school asks that school and makes no second file; the old school decides."""

from datetime import date

import pytest

from qingyan.foundation.access.scope import entered
from qingyan.people.actions import roster_checking, roster_choosing, roster_elsewhere, transfers
from qingyan.people.actions.roster_draft import PreviewOutdated
from qingyan.people.models import Enrolment, Student, Transfer
from qingyan.people.queries.elsewhere import mark_of
from qingyan.people.roster.planning import Fate
from tests.people.desk import NOW, Desk, for_home
from tests.people.queries.test_elsewhere import numbered
from tests.people.roster.files import HEADER, pupil, pupils, xlsx

NUMBER = pupil(1)[5]


@pytest.fixture
def desk(cast, acting) -> Desk:
    return Desk(cast, acting)


def moved_from(desk, **numbers):
    """The pupil of row 1 is at the other school, which knows one of the numbers."""
    return numbered(desk.cast, desk.cast.other, **(numbers or {"id_number": NUMBER, "student_number": None}))


def requests(desk, place):
    with entered(desk.cast.platform(place)):
        return list(Transfer.objects.all())


def test_the_preview_sets_the_row_apart_and_opens_no_class_for_it(desk):
    moved_from(desk)
    rows = for_home([pupil(1, 班级="（9）班"), *pupils(3)[1:]])
    draft = desk.upload(xlsx(rows))
    assert (draft.plan["elsewhere"], draft.plan["new"], draft.plan["new_classes"]) == (1, 2, 2)
    assert draft.plan["unasked"] == 0


def test_without_the_other_school_s_file_everybody_is_new(desk):
    draft = desk.upload(xlsx(for_home(pupils(3))))
    assert (draft.plan["elsewhere"], draft.plan["new"]) == (0, 3)


def test_the_commit_sends_a_request_and_makes_no_second_file(desk):
    child = moved_from(desk)
    done = desk.commit(desk.upload(xlsx(for_home(pupils(3)))))
    assert (done.plan["elsewhere"], done.plan["new"]) == (1, 2)
    with desk.everything():
        assert not Student.objects.filter(school=desk.school, name=pupil(1)[1]).exists()
        assert Student.objects.filter(school=desk.school, name=pupil(2)[1]).exists()
    (mine,), (theirs,) = requests(desk, desk.cast.home), requests(desk, desk.cast.other)
    assert (mine.direction, mine.state, mine.by_number, mine.name) == ("in", "asked", True, pupil(1)[1])
    assert (theirs.direction, theirs.subject) == ("out", child.id)


def test_after_release_and_acceptance_the_next_roster_finds_the_pupil_here(desk):
    child = moved_from(desk)
    desk.commit(desk.upload(xlsx(for_home(pupils(3)))))
    sender = desk.cast.actor(desk.cast.other.school_admin, desk.cast.other)
    with desk.acting(sender):
        transfers.release(transfer=Transfer.objects.get(), student=child, by=sender, now=NOW)
    with desk.acting(desk.by):
        class_id = Student.objects.get(name=pupil(2)[1]).school_class_id
        transfers.accept(transfer=Transfer.objects.get(), class_id=class_id, by=desk.by, now=NOW)
    again = desk.upload(xlsx(for_home(pupils(3))))
    assert (again.plan["elsewhere"], again.plan["new"]) == (0, 0)
    with desk.everything():
        assert Enrolment.objects.filter(student=child, ends_on__isnull=True).get().school_class_id == class_id


def test_the_other_school_is_found_when_it_knows_only_the_register_number(desk):
    child = moved_from(desk, id_number=None, student_number=f"G{NUMBER}")
    short = [[row[5], row[1], row[8], row[9]] for row in pupils(2)]
    desk.commit(desk.upload(xlsx(short, header=("身份证件号", "姓名", "年级", "班级"))))
    assert requests(desk, desk.cast.other)[0].subject == child.id


def test_rows_may_be_left_out_and_then_nobody_is_asked(desk):
    moved_from(desk)
    done = desk.commit(desk.upload(xlsx(for_home(pupils(3)))), skip=(Fate.ELSEWHERE,))
    assert (done.plan["elsewhere"], done.plan["new"]) == (0, 2)
    assert requests(desk, desk.cast.home) == []


def test_a_pupil_who_is_at_the_other_school_no_more_makes_the_preview_outdated(desk):
    child = moved_from(desk)
    draft = desk.upload(xlsx(for_home(pupils(3))))
    with entered(desk.cast.platform(desk.cast.other)):
        Student.objects.filter(pk=child.pk).update(state="left")
    with pytest.raises(PreviewOutdated):
        desk.commit(draft)
    assert requests(desk, desk.cast.home) == []
    with desk.acting(desk.by):
        fresh = roster_checking.replan(draft=draft, by=desk.by, now=NOW)
    assert (fresh.plan["elsewhere"], fresh.plan["new"]) == (0, 3)


def test_a_row_may_be_left_out_by_itself(desk):
    moved_from(desk)
    numbered(desk.cast, desk.cast.far, id_number=pupil(2)[5])
    draft = desk.upload(xlsx(for_home(pupils(3))))
    assert draft.plan["elsewhere"] == 2
    with desk.acting(desk.by):
        roster_choosing.choose(draft=draft, choices={2: "leave"}, by=desk.by, now=NOW)
    done = desk.commit(draft)
    assert (done.plan["elsewhere"], done.plan["new"]) == (1, 1)
    assert [one.name for one in requests(desk, desk.cast.home)] == [pupil(2)[1]]


def test_a_number_of_another_school_weighs_more_than_a_namesake_here(desk):
    moved_from(desk)
    row = pupil(1)
    with desk.everything():
        here = Student.objects.get(pk=desk.cast.home.pupil.pk)
        here.name, here.birth_date, here.sex = row[1], date.fromisoformat(row[3]), "M"
        here.save()
    draft = desk.upload(xlsx(for_home([row, *pupils(3)[1:]])))
    assert (draft.plan["duplicate"], draft.plan["elsewhere"]) == (0, 1)


def test_the_bound_of_a_file_holds_over_all_its_parts(desk, monkeypatch):
    moved_from(desk)
    monkeypatch.setattr(roster_elsewhere, "MOST_A_FILE", 2)
    draft = desk.upload(xlsx(for_home(pupils(5))))
    assert (draft.plan["elsewhere"], draft.plan["unasked"]) == (1, 3)


def test_who_comes_in_by_a_roster_is_known_across_the_city_from_then_on(desk):
    desk.bring(for_home(pupils(2)), header=HEADER)
    with desk.everything():
        assert bytes(Student.objects.get(name=pupil(1)[1]).city_index) == mark_of(NUMBER, "")
        Student.objects.filter(name=pupil(1)[1]).update(city_index=None)
    desk.bring(for_home([pupil(1, 民族="回族")]), header=HEADER)
    with desk.everything():
        assert bytes(Student.objects.get(name=pupil(1)[1]).city_index) == mark_of(NUMBER, "")
