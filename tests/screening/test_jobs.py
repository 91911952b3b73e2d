"""The morning: classes that miss somebody get a line, complete ones lose it. Judging stays at its school."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.api import perform
from qingyan.screening import jobs
from qingyan.screening.models import AnsweringQuality, Campaign, Reminder, Sitting
from qingyan.screening.queries.reminders import reminders
from tests.screening.actions.test_assessing import handed_in, job_at
from tests.screening.setting import begun, school_round, signed_in


def ending(cast, days=2):
    campaign = school_round(cast, "scl-90")
    with entered(cast.platform()):
        Campaign.objects.filter(id=campaign.id).update(closes_at=timezone.now() + timedelta(days=days))
    return campaign


def lines(cast):
    with entered(cast.platform()):
        return {row.school_class_id: row.unfinished for row in Reminder.objects.all()}


def test_only_a_round_that_ends_soon_is_reminded_of(cast):
    ending(cast, days=5)
    assert jobs.morning(0) == 0
    ending(cast)
    assert jobs.morning(0) == 1
    assert lines(cast) == {cast.home.class_a.id: 3}


def test_a_homeroom_teacher_sees_the_own_classes_and_nobody_else_any(cast):
    ending(cast)
    jobs.morning(0)
    seen = {}
    for name in ("homeroom_teacher", "counsellor", "principal"):
        actor = cast.actor(getattr(cast.home, name), cast.home)
        with entered(actor):
            seen[name] = len(reminders(actor))
    assert seen == {"homeroom_teacher": 1, "counsellor": 0, "principal": 0}


def test_a_line_goes_when_the_class_is_complete(cast):
    campaign = ending(cast)
    jobs.morning(0)
    for pupil in cast.home.pupils_a:
        by = signed_in(pupil)
        with entered(by):
            begun(campaign, "scl-90", by)
    with entered(cast.platform()):
        Sitting.objects.update(state="finished", finished_at=timezone.now())
    assert jobs.morning(0) == 0
    assert lines(cast) == {}


def test_a_school_that_fails_keeps_nobody_waiting(cast, monkeypatch):
    ending(cast)
    honest = jobs.remind

    def broken(school_id):
        if school_id == cast.other.school.id:
            raise RuntimeError
        return honest(school_id)

    monkeypatch.setattr(jobs, "remind", broken)
    assert jobs.morning(0) == 1


def test_the_job_judges_its_own_school_only(cast):
    campaign = school_round(cast, "scl-90", "phq-a")
    handed_in(cast, campaign, "scl-90", [1] * 90, ms=300)
    for place, expected in ((cast.other, 0), (cast.home, 1)):
        done = perform(jobs.assess_answering, key=str(uuid4()), by=job_at(place), campaign_id=str(campaign.id))
        assert done
        with entered(cast.platform()):
            assert AnsweringQuality.objects.count() == expected
