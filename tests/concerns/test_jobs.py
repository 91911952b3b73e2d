"""The sweep goes through every school, and one that fails keeps nobody waiting."""

from qingyan.concerns import jobs
from qingyan.concerns.contracts import Kind, Source, Urgency
from tests.concerns.setting import new, raised


def test_the_sweep_finds_what_waits_and_survives_a_school_that_fails(cast, monkeypatch):
    raised(cast, new(Kind.HELP, Source.OTHER, urgency=Urgency.NOW))
    work = jobs.sweep_school

    def fails_elsewhere(*, by, now):
        if by.school_id == cast.other.school.id:
            raise RuntimeError("broken")
        return work(by=by, now=now)

    monkeypatch.setattr(jobs, "sweep_school", fails_elsewhere)
    assert jobs.sweep(0) == 1


def test_the_sweep_never_runs_twice_at_once():
    assert jobs.sweep.queueing_lock == "concerns.sweep"
