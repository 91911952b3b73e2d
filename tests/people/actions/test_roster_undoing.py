"""An import is undone to the letter while nothing hangs on it, and refused with reasons when something does."""

from datetime import timedelta

import pytest

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions import roster, roster_undoing
from qingyan.people.actions.roster_draft import NotReady
from qingyan.people.models import Enrolment, Guardian, RosterPart, Student
from qingyan.people.models.roster import DraftState
from qingyan.people.queries.roster_hanging import hanging_tables
from tests.factories.rounds import make_city_campaign
from tests.people.desk import LATER, NOW, Desk, for_home
from tests.people.roster.files import pupil, pupils, xlsx


@pytest.fixture
def desk(cast, acting) -> Desk:
    return Desk(cast, acting)


def undo(desk, draft, now=LATER):
    with desk.acting(desk.by):
        return roster_undoing.ask_undo(draft=draft, by=desk.by, now=now)


def everything(desk) -> tuple:
    """Pupils, enrolments and guardians of both schools, with what is sealed opened."""
    with desk.everything():
        students = Student.objects.order_by("id")
        guardians = Guardian.objects.order_by("id")
        return (
            [(one.id, one.name, one.student_number, one.id_number, one.sex, one.birth_date) for one in students],
            [(one.ethnicity, one.school_class_id, one.state, bytes(one.id_number_index or b"")) for one in students],
            [(one.id, one.name, one.phone, one.relation) for one in guardians],
            list(Enrolment.objects.order_by("id").values_list("id", "school_class_id", "starts_on", "ends_on")),
        )


CHANGED = [
    pupil(1, 民族="蒙古", 监护人电话="13911112222"),
    pupil(2, 班级="（8）班", 姓名="王小明"),
    pupil(3, 监护人姓名="张父"),
    pupil(90),
]


def test_everything_is_as_before_to_the_letter(desk):
    desk.bring(for_home(pupils(5)))
    before = everything(desk)
    draft = desk.bring(for_home(CHANGED), now=LATER)
    assert (draft.plan["new"], draft.plan["changed"], draft.plan["moved"]) == (1, 2, 1)
    assert everything(desk) != before
    done = undo(desk, draft)
    assert (done.state, done.undone_at, everything(desk)) == (DraftState.UNDONE, LATER, before)
    with desk.everything():
        assert not RosterPart.objects.filter(draft=draft).exists()
        entry = AuditEntry.objects.get(action="roster.undone")
        assert entry.detail == {"removed": 1, "restored": 3}


def test_the_same_file_can_come_in_again_afterwards(desk):
    draft = desk.bring(for_home(pupils(5)))
    undo(desk, draft)
    assert desk.bring(for_home(pupils(5)), now=LATER).plan["new"] == 5


@pytest.mark.parametrize("what", ["step", "enrolment", "guardian", "sitting"])
def test_what_hangs_on_a_new_pupil_refuses_and_nothing_changes(desk, what):
    draft = desk.bring(for_home(pupils(3)))
    with desk.everything():
        one = Student.objects.get(school=desk.school, name=pupil(1)[1])
        hang(what, desk, one)
    before = everything(desk)
    refused = undo(desk, draft)
    reason = {"enrolment": "enrolled", "sitting": "answered"}.get(what, "other")
    assert (refused.state, refused.asked) == (DraftState.COMMITTED, {"reasons": {reason: 1}})
    assert everything(desk) == before
    with desk.everything():
        assert AuditEntry.objects.get(action="roster.undo_refused").detail == {reason: 1}


def hang(what: str, desk, one: Student) -> None:
    owned = {"student": one, "school": desk.school}
    tables = {model._meta.db_table: model for model, _ in hanging_tables()}
    if what == "step":
        tables["people_schoolingstep"].objects.create(**owned, verb="x", origin="a", target="b", at=NOW)
    elif what == "enrolment":
        ended = {"starts_on": NOW.date(), "ends_on": NOW.date()}
        Enrolment.objects.create(**owned, school_class=desk.cast.home.class_a, **ended)
    elif what == "guardian":
        Guardian.objects.create(**owned, name="母亲", position=2)
    else:
        from_story = {"campaign": make_city_campaign(desk.cast), "instrument": "x", "version": "1.0"}
        sitting = tables["screening_sitting"]
        sitting.objects.create(**owned, school_class_id=one.school_class_id, started_at=NOW, **from_story)


@pytest.mark.parametrize("serial", [1, 90])
def test_a_file_that_was_changed_since_refuses(desk, serial):
    desk.bring(for_home(pupils(3)))
    draft = desk.bring(for_home(CHANGED), now=LATER)
    with desk.everything():
        Student.objects.filter(name=pupil(serial)[1]).update(ethnicity="回族")
    before = everything(desk)
    assert undo(desk, draft).asked == {"reasons": {"changed": 1}}
    assert everything(desk) == before


def test_an_import_is_undone_once_and_only_when_it_was_done(desk):
    draft = desk.upload(xlsx(for_home(pupils(3))))
    with pytest.raises(NotReady):
        undo(desk, draft)
    draft = desk.commit(draft)
    undo(desk, draft)
    with pytest.raises(NotReady):
        undo(desk, draft)


def test_after_two_months_the_way_back_is_closed(desk):
    draft = desk.bring(for_home(pupils(3)))
    desk.upload(xlsx(for_home(pupils(1))), NOW + roster.UNDO_KEPT - timedelta(days=1))
    with desk.everything():
        assert not RosterPart.objects.filter(draft=draft, undo__isnull=True).exists()
    desk.upload(xlsx(for_home(pupils(1))), NOW + roster.UNDO_KEPT + timedelta(days=1))
    assert undo(desk, draft).asked == {"reasons": {"late": 1}}


def test_nobody_else_undoes(desk, cast, acting):
    draft = desk.bring(for_home(pupils(3)))
    stranger = cast.actor(cast.other.school_admin, cast.other)
    with acting(stranger), pytest.raises(NotVisible):
        roster_undoing.ask_undo(draft=draft, by=stranger, now=LATER)
