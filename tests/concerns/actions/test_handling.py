"""What a circle does: only its own people, each look recorded, each step from the table."""

import pytest

from qingyan.concerns.actions import handling
from qingyan.concerns.contracts import Kind, Outcome, Source
from qingyan.concerns.events import ConcernRaised
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.events import api as events
from qingyan.foundation.pure.workflow import NotAllowed
from tests.concerns.setting import COMMITTEE, COUNSELLORS, NOW, member, new, raised, reader, stored


@pytest.fixture
def heard(monkeypatch) -> list[ConcernRaised]:
    facts: list[ConcernRaised] = []
    monkeypatch.setitem(events._inside, ConcernRaised, [lambda fact, cursor: facts.append(fact)])
    return facts


def actions(cast) -> list[str]:
    with entered(cast.platform()):
        return list(AuditEntry.objects.filter(subject_kind="report").order_by("seq").values_list("action", flat=True))


def test_opening_is_recorded_and_strangers_find_nothing(cast):
    raised(cast)
    row = stored(cast)
    for who in (
        reader(cast, cast.other),
        member(cast),
        cast.actor(cast.home.principal, cast.home),
        cast.actor(cast.home.homeroom_teacher, cast.home),
        cast.actor(cast.city_officer),
        cast.pupil_actor(),
    ):
        with entered(who), pytest.raises(NotVisible):
            handling.open_report(box=COUNSELLORS, report_id=row.id, by=who, now=NOW)
    me = reader(cast)
    with entered(me):
        assert handling.open_report(box=COUNSELLORS, report_id=row.id, by=me, now=NOW).id == row.id
    assert actions(cast) == ["concern.raised", "concern.read"]


def test_the_committee_s_reports_are_not_the_counsellor_s(cast):
    raised(cast, new(Kind.BULLYING, Source.SELF))
    row, counsellor, me = stored(cast, COMMITTEE), reader(cast), member(cast)
    with entered(counsellor), pytest.raises(NotVisible):
        handling.open_report(box=COMMITTEE, report_id=row.id, by=counsellor, now=NOW)
    with entered(me):
        assert handling.open_report(box=COMMITTEE, report_id=row.id, by=me, now=NOW)


def test_one_takes_it_and_the_second_hears_that_somebody_has(cast):
    raised(cast)
    me, row = reader(cast), stored(cast)
    with entered(me):
        handling.take(box=COUNSELLORS, report_id=row.id, by=me, now=NOW)
        with pytest.raises(NotAllowed):
            handling.take(box=COUNSELLORS, report_id=row.id, by=me, now=NOW)
    assert stored(cast).taken_by_id == me.id


def test_naming_the_pupil_announces_the_fact_again(cast, heard):
    raised(cast, new(Kind.CONCERN, Source.CLASSMATE))
    me, row = reader(cast), stored(cast)
    with entered(me):
        handling.name_pupil(box=COUNSELLORS, report_id=row.id, student_id=cast.home.pupil.id, by=me, now=NOW)
    assert [fact.student for fact in heard] == [None, cast.home.pupil.id]
    assert stored(cast).school_class_id == cast.home.class_a.id
    with entered(me), pytest.raises(NotVisible):
        handling.name_pupil(box=COUNSELLORS, report_id=row.id, student_id=cast.other.pupil.id, by=me, now=NOW)


def test_the_committee_names_a_pupil_quietly_and_may_bring_the_counsellors_in(cast, heard):
    raised(cast, new(Kind.BULLYING, Source.CLASSMATE))
    me, row = member(cast), stored(cast, COMMITTEE)
    with entered(me):
        with pytest.raises(NotAllowed):
            handling.bring_in(box=COMMITTEE, report_id=row.id, by=me, now=NOW)
        handling.name_pupil(box=COMMITTEE, report_id=row.id, student_id=cast.home.pupil.id, by=me, now=NOW)
        assert heard == []
        handling.bring_in(box=COMMITTEE, report_id=row.id, by=me, now=NOW)
    assert heard[0].student == cast.home.pupil.id


def test_closing_says_how_and_takes_what_nobody_had_taken(cast):
    raised(cast)
    me, row = reader(cast), stored(cast)
    with entered(me):
        handling.close(box=COUNSELLORS, report_id=row.id, outcome=Outcome.TALKED, note="已谈", by=me, now=NOW)
        with pytest.raises(NotAllowed):
            handling.close(box=COUNSELLORS, report_id=row.id, outcome=Outcome.TALKED, note="", by=me, now=NOW)
    ended = stored(cast)
    assert (ended.state, ended.outcome, ended.note, ended.taken_by_id) == ("closed", "talked", "已谈", me.id)
    assert actions(cast) == ["concern.raised", "concern.taken", "concern.closed"]


def test_nobody_answers_where_nobody_can_read(cast):
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    raised(cast, new(Kind.CONCERN, Source.STAFF, sender=str(teacher.id)), by=teacher)
    me = reader(cast)
    with entered(me), pytest.raises(NotAllowed):
        handling.answer(box=COUNSELLORS, report_id=stored(cast).id, text="x", by=me, now=NOW)


def test_looking_at_the_list_is_recorded(cast):
    me = reader(cast)
    with entered(me):
        handling.look_at_list(box=COUNSELLORS, shown=3, by=me, now=NOW)
    with entered(cast.platform()):
        assert AuditEntry.objects.get(action="concern.list").detail == {"shown": 3}
