"""The sweep goes through every school, in the school's own scope, and a school that fails keeps nobody waiting."""

from qingyan.alerts import jobs
from qingyan.alerts.models import Alert
from qingyan.foundation.access.scope import entered
from qingyan.foundation.events import api as events
from qingyan.screening.events import AnswerSaved
from tests.alerts.setting import END_LIFE, Answering
from tests.screening.setting import school_round


def lost(cast, monkeypatch) -> None:
    """A worrying answer at two schools, and nobody heard of it."""
    with monkeypatch.context() as deaf:
        deaf.setitem(events._inside, AnswerSaved, [])
        for place in (cast.home, cast.far):
            Answering(place.pupil, school_round(cast, "scl-90", place=place)).save(END_LIFE, 5)


def found(cast, place) -> int:
    with entered(cast.platform(place)):
        return Alert.objects.count()


def test_every_school_is_swept(cast, monkeypatch):
    lost(cast, monkeypatch)
    assert jobs.sweep_all(back=jobs.LATELY) == 2
    assert (found(cast, cast.home), found(cast, cast.other), found(cast, cast.far)) == (1, 0, 1)


def test_a_school_that_fails_does_not_keep_the_others_waiting(cast, monkeypatch):
    lost(cast, monkeypatch)
    work = jobs.sweep_school

    def fails_at_home(*, by, back, now):
        if by.school_id == cast.home.school.id:
            raise RuntimeError("broken")
        return work(by=by, back=back, now=now)

    monkeypatch.setattr(jobs, "sweep_school", fails_at_home)
    assert jobs.sweep_all(back=jobs.LATELY) == 1
    assert (found(cast, cast.home), found(cast, cast.far)) == (0, 1)


def test_the_jobs_are_periodic_and_never_run_twice_at_once():
    assert jobs.sweep.queueing_lock == "alerts.sweep"
    assert jobs.sweep_day.queueing_lock == "alerts.sweep_day"
