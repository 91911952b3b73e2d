"""The list shows no word of a report, masks names and costs the same for many; staff see what became of their own."""

from qingyan.concerns.api import waiting_bullying, waiting_concerns
from qingyan.concerns.contracts import Kind, Source, Urgency
from qingyan.concerns.queries import on_duty as rota
from qingyan.concerns.queries.choices import pupils_to_choose
from qingyan.concerns.queries.on_duty import on_duty, register_duty
from qingyan.concerns.queries.reports import lines, listed, own_reports
from qingyan.concerns.queries.waiting import waiting
from qingyan.foundation.access.scope import entered
from tests.concerns.setting import CANARY, COUNSELLORS, NOW, new, raised, reader


def test_the_urgent_come_first_and_no_word_is_shown(cast):
    raised(cast, new(Kind.LETTER, pupil=cast.home.pupil.id))
    raised(cast, new(Kind.HELP, Source.OTHER, urgency=Urgency.NOW))
    me = reader(cast)
    with entered(me):
        shown = lines(me, list(listed(me, COUNSELLORS, "open")))
    assert [one.tone for one in shown] == ["red", "blue"]
    assert [one.who for one in shown] == ["", cast.home.pupil.masked_name]
    assert CANARY not in str(shown)
    assert cast.home.pupil.name not in str(shown)


def test_the_counts_are_each_circle_s_own(cast):
    raised(cast)
    raised(cast, new(Kind.BULLYING, Source.SELF))
    for who, expected in (
        (reader(cast), (1, 0)),
        (cast.actor(cast.home.committee, cast.home), (0, 1)),
        (cast.actor(cast.home.principal, cast.home), (0, 0)),
        (reader(cast, cast.other), (0, 0)),
    ):
        with entered(who):
            assert (waiting_concerns(who), waiting_bullying(who)) == expected


def test_a_teacher_sees_that_the_own_report_arrived_and_nothing_else(cast):
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    raised(cast, new(Kind.CONCERN, Source.STAFF, sender=str(teacher.id)), by=teacher)
    raised(cast)
    with entered(teacher):
        (line,) = own_reports(teacher)
    assert line.state == "等人接手"
    assert CANARY not in str(line)


def test_a_teacher_chooses_from_the_own_class_and_nobody_gets_a_list_of_the_school(cast):
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(teacher):
        ((title, pupils),) = pupils_to_choose(teacher, now=NOW)
    assert title == str(cast.home.class_a)
    assert {name for _, name in pupils} == {one.name for one in cast.home.pupils_a}
    admin = cast.actor(cast.home.invigilator, cast.home)
    with entered(admin):
        assert pupils_to_choose(admin, now=NOW) == []


def test_without_a_rota_the_counsellors_are_named_and_with_one_the_people_on_duty(cast, monkeypatch):
    school = cast.home.school.id
    monkeypatch.setattr(rota, "_finders", [])
    with entered(cast.pupil_actor()):
        assert [one.name for one in on_duty(school, NOW)] == ["林若溪"]
    register_duty(lambda school_id, now: [cast.home.principal.id])
    with entered(cast.pupil_actor()):
        assert [one.name for one in on_duty(school, NOW)] == ["宋远"]


def test_the_leader_reads_times_and_nothing_else(cast):
    raised(cast, new(Kind.HELP, Source.OTHER, urgency=Urgency.NOW))
    raised(cast)
    leader = cast.actor(cast.home.principal, cast.home)
    with entered(leader):
        (one,) = waiting(leader)
    assert (one.since, one.committee) == (NOW, False)
