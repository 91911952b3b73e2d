"""Errands: who is asked sees the few words and nothing of the case, answers, and who carries the case hears of it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from qingyan.cases import jobs
from qingyan.cases.actions.planning import write_plan
from qingyan.cases.actions.running_errands import answer, tell_late
from qingyan.cases.actions.todos import drop_all, finish
from qingyan.cases.models import Case, Errand, ToDo
from qingyan.cases.queries.errands import errand_lines, errands_for, open_count
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications.models import Notification
from tests.cases.setting import counsellor, in_care, leader
from tests.factories.city import _staff

WORDS = "每天放学前问一句今天怎么样"
CARE = {"goals": "睡好", "who": "林老师每周"}


def asked(cast, *accounts, level: str = "yellow") -> Case:
    """A case whose plan asks each of these people for one thing."""
    case, by, now = in_care(cast, level), counsellor(cast), timezone.now()
    day = timezone.localdate(now) + timedelta(days=3)
    tasks = [(one.id, WORDS, day) for one in accounts or (cast.home.homeroom_teacher,)]
    with entered(by):
        write_plan(case=case, kind="care", parts=CARE, review_on=day, tasks=tasks, by=by, now=now)
    return case


def teacher(cast, place=None):
    where = place or cast.home
    return cast.actor(where.homeroom_teacher, where)


def waiting(by) -> list[Errand]:
    with entered(by):
        return list(errands_for(by))


def told(account) -> list[str]:
    return list(Notification.objects.filter(account=account).order_by("created_at").values_list("kind", flat=True))


def test_who_is_asked_reads_the_words_and_the_name_and_no_case(cast):
    asked(cast)
    by = teacher(cast)
    with entered(by):
        (line,) = errand_lines(by, list(errands_for(by)), timezone.now())
        assert (line.name, line.errand.words) == (cast.home.pupil.name, WORDS)
        assert line.errand.as_homeroom
    assert told(cast.home.homeroom_teacher)[-1] == "task"
    with entered(by), pytest.raises(Exception, match="permission denied"):
        Case.objects.exists()


def test_a_leader_and_a_teacher_of_another_class_read_their_own_and_nobody_reads_anothers(cast):
    where = {"school": cast.home.school, "school_class": cast.home.class_b}
    other = _staff("home.class.b", "许老师", Role.HOMEROOM_TEACHER, **where)
    asked(cast, cast.home.principal, other)
    for account in (cast.home.principal, other):
        by = cast.actor(account, cast.home)
        with entered(by):
            (line,) = errand_lines(by, list(errands_for(by)), timezone.now())
            assert line.name == cast.home.pupil.name
            assert Errand.objects.count() == 1, "the database, too, shows the own one only"
            assert not line.errand.as_homeroom
    assert not waiting(teacher(cast)), "the control: who was not asked reads nothing"
    assert not waiting(teacher(cast, cast.other))


def test_who_asks_themselves_gets_no_errand(cast):
    asked(cast, cast.home.counsellor)
    assert not waiting(counsellor(cast))


def test_done_ticks_the_to_do_off_and_who_carries_the_case_is_told(cast):
    asked(cast)
    (one,), by, now = waiting(teacher(cast)), teacher(cast), timezone.now()
    with entered(by):
        answer(errand_id=one.id, said="done", note="", by=by, now=now)
        assert open_count(by) == 0
        assert len(errands_for(by, ended=True)) == 1
    with entered(counsellor(cast)):
        todo = ToDo.objects.get(kind="task")
        assert (todo.done_at, todo.done_by_id) == (now, by.id)
        assert told(cast.home.counsellor)[-1] == "reply"


def test_not_possible_needs_a_note_and_leaves_the_decision_to_who_carries_the_case(cast):
    asked(cast)
    (one,), by, now = waiting(teacher(cast)), teacher(cast), timezone.now()
    with entered(by):
        with pytest.raises(NotAllowed):
            answer(errand_id=one.id, said="not_possible", note=" ", by=by, now=now)
        answer(errand_id=one.id, said="not_possible", note="这周我外出学习", by=by, now=now)
    with entered(counsellor(cast)):
        assert ToDo.objects.get(kind="task").done_at is None
        assert Errand.objects.get().note == "这周我外出学习"
    with entered(by), pytest.raises(NotVisible):
        answer(errand_id=one.id, said="done", note="", by=by, now=now)


def test_nobody_answers_for_another(cast):
    asked(cast)
    (one,) = waiting(teacher(cast))
    for by in (leader(cast), counsellor(cast), teacher(cast, cast.other)):
        with entered(by), pytest.raises(NotVisible):
            answer(errand_id=one.id, said="done", note="", by=by, now=timezone.now())


@pytest.mark.parametrize("way", ["ticked off", "dropped"])
def test_what_is_settled_otherwise_is_asked_for_no_longer(cast, way):
    case, by, now = asked(cast), counsellor(cast), timezone.now()
    assert waiting(teacher(cast)), "the control"
    with entered(by):
        case.refresh_from_db()
        if way == "dropped":
            drop_all(case=case, by=by, now=now)
        else:
            finish(case=case, todo_id=ToDo.objects.get(kind="task").id, by=by, now=now)
    assert not waiting(teacher(cast))


def test_what_is_late_is_told_once_to_who_is_asked_and_to_who_carries_the_case(cast):
    asked(cast)
    now, platform = timezone.now(), cast.platform()
    with entered(platform):
        assert tell_late(by=platform, now=now) == 0, "the control: nothing is late"
        assert tell_late(by=platform, now=now + timedelta(days=4)) == 1
        assert tell_late(by=platform, now=now + timedelta(days=5)) == 0
        assert told(cast.home.homeroom_teacher)[-1] == told(cast.home.counsellor)[-1] == "overdue"


def test_the_job_looks_at_every_school(cast):
    asked(cast)
    later = timezone.now() + timedelta(days=4)
    assert jobs.late_errands(0) == 0, "the control"
    with patch("qingyan.cases.jobs.timezone.now", return_value=later):
        assert jobs.late_errands(0) == 1
