"""Judging the sheets of a round: what is kept, what stays as it was, who may, and that nothing is hidden."""

from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from qingyan.alerts.models import Alert
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.instruments import api as library
from qingyan.screening.actions import answering, assessing, campaigns
from qingyan.screening.actions.assessing import assess, layout
from qingyan.screening.models import AnsweringQuality, AnswerSheet, Reading, Result, Sitting
from qingyan.screening.rules.careless.signs import judge
from qingyan.screening.rules.order import places
from tests.screening.setting import begun, city_round, school_round, signed_in

SIGHT = frozenset({Sight.ANSWERS, Sight.RESULTS, Sight.PROGRESS})


def job_at(place):
    return system_actor(school_id=place.school.id, sight=SIGHT, purpose="test")


def handed_in(cast, campaign, code, values, ms=1500):
    """A finished sheet of the pupil of the story with these answers and times."""
    by = signed_in(cast.home.pupil)
    with entered(by):
        sitting = begun(campaign, code, by)
    with entered(cast.platform()):
        AnswerSheet.objects.filter(pk=sitting.pk).update(
            answers=values, times=[ms if value is not None else None for value in values], submission=uuid4()
        )
        Sitting.objects.filter(pk=sitting.pk).update(state="finished", finished_at=timezone.now())
    return sitting


@pytest.fixture
def campaign(cast):
    return school_round(cast, "scl-90", "phq-a")


def test_a_hurried_sheet_is_noted_and_nothing_else_changes(cast, campaign):
    sitting = handed_in(cast, campaign, "scl-90", [1] * 90, ms=300)
    with entered(job_at(cast.home)):
        before = (Result.objects.count(), Alert.objects.count())
        assert assess(campaign=campaign, by=job_at(cast.home), now=timezone.now()) == 1
        kept = AnsweringQuality.objects.get()
        assert (Result.objects.count(), Alert.objects.count()) == before
    assert (kept.pk, kept.signs, kept.doubtful) == (sitting.pk, ["hurried"], False)
    assert (kept.total_ms, kept.learned_from, kept.weight, kept.rule_version) == (27_000, 0, None, "careless-1")


def test_gaps_and_paper_without_times_are_no_fault(cast, campaign):
    handed_in(cast, campaign, "phq-a", [None, *[1] * 8, *[None] * 4], ms=None)
    with entered(job_at(cast.home)):
        assess(campaign=campaign, by=job_at(cast.home), now=timezone.now())
        kept = AnsweringQuality.objects.get()
    assert (kept.signs, kept.doubtful, kept.total_ms) == ([], False, None)


def test_an_unfinished_sheet_is_not_judged(cast, campaign):
    by = signed_in(cast.home.pupil)
    with entered(by):
        begun(campaign, "scl-90", by)
    with entered(job_at(cast.home)):
        assert assess(campaign=campaign, by=job_at(cast.home), now=timezone.now()) == 0


def test_a_decision_survives_judging_again(cast, campaign):
    handed_in(cast, campaign, "scl-90", [1] * 90, ms=300)
    counsellor, now = cast.actor(cast.home.counsellor, cast.home), timezone.now()
    with entered(job_at(cast.home)):
        assess(campaign=campaign, by=job_at(cast.home), now=now)
    with entered(counsellor):
        answering.decide(quality=AnsweringQuality.objects.get(), reading=Reading.TALK, by=counsellor, now=now)
    with entered(job_at(cast.home)):
        assess(campaign=campaign, by=job_at(cast.home), now=now + timedelta(hours=1))
        kept = AnsweringQuality.objects.get()
    with entered(cast.platform()):
        assert AuditEntry.objects.filter(action="answering.decided", detail__reading="talk").count() == 1
    assert (kept.reading, kept.read_by_id, kept.assessed_at) == (Reading.TALK, counsellor.id, now + timedelta(hours=1))


@pytest.mark.parametrize("who", ["homeroom_teacher", "school_admin", "principal"])
def test_only_counsellors_judge(cast, campaign, who):
    actor = cast.actor(getattr(cast.home, who), cast.home)
    with entered(actor), pytest.raises(NotVisible):
        assess(campaign=campaign, by=actor, now=timezone.now())


def test_asking_puts_one_job_a_school_into_the_queue(cast, campaign):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor):
        answering.ask(campaign=campaign, schools=[cast.home.school.id], by=counsellor, now=timezone.now())
    jobs_waiting = waiting(answering.JOB)
    assert [(one["scope"]["school"], one["campaign_id"]) for one in jobs_waiting] == [
        (cast.home.school.id, str(campaign.id))
    ]


def test_a_round_that_ends_is_judged_at_each_of_its_schools(cast, campaign):
    counsellor, officer = cast.actor(cast.home.counsellor, cast.home), cast.actor(cast.city_officer)
    with entered(counsellor):
        campaigns.close(campaign=campaign, by=counsellor, now=timezone.now())
    assert [one["scope"]["school"] for one in waiting(answering.JOB)] == [cast.home.school.id]
    everywhere = city_round(cast, "gad-7")
    with entered(officer):
        campaigns.close(campaign=everywhere, by=officer, now=timezone.now())
    asked = [one["scope"]["school"] for one in waiting(answering.JOB) if one["campaign_id"] == str(everywhere.id)]
    assert sorted(asked) == sorted(place.school.id for place in (cast.home, cast.other, cast.far))


def waiting(name):
    """The arguments of the jobs of this name that wait."""
    return [row.args for row in ProcrastinateJob.objects.filter(task_name=name, status="todo")]


def test_the_layout_of_a_real_instrument_counts_options_from_the_lowest():
    scl = layout(library.plan("scl-90"))
    depression = layout(library.plan("ces-dc"))
    assert (scl.choices, scl.items, scl.turned.any()) == (5, 90, np.False_)
    assert np.flatnonzero(depression.turned).tolist() == [3, 7, 11, 15]


@pytest.mark.parametrize(("ms", "shuffled"), [(1500, True), (None, False)])
def test_the_judge_reads_a_shuffled_sheet_as_the_pupil_saw_it(cast, campaign, monkeypatch, ms, shuffled):
    """A form on paper of the same round was never shuffled; it has no times."""
    with entered(cast.platform()):
        campaign.item_order = "shuffled"
        campaign.save(update_fields=["item_order"])
    sitting = handed_in(cast, campaign, "scl-90", [1] * 90, ms=ms)
    asked = []
    monkeypatch.setattr(assessing, "judge", lambda sheets: asked.append(sheets) or judge(sheets))
    with entered(job_at(cast.home)):
        assess(campaign=campaign, by=job_at(cast.home), now=timezone.now())
    seen = places(90, sitting=sitting.pk, order="shuffled" if shuffled else "fixed")
    assert asked[0].order.tolist() == [seen]


def test_a_fixed_round_needs_no_order(cast, campaign, monkeypatch):
    handed_in(cast, campaign, "phq-a", [1] * 13)
    asked = []
    monkeypatch.setattr(assessing, "judge", lambda sheets: asked.append(sheets) or judge(sheets))
    with entered(job_at(cast.home)):
        assess(campaign=campaign, by=job_at(cast.home), now=timezone.now())
    assert asked[0].order is None


def test_a_doubtful_lie_scale_reaches_the_judgement():
    plan = library.plan("mht")
    lie = [item.id in plan.instrument.scale("lie").items for item in plan.instrument.items]
    rows = [
        AnswerSheet(answers=[value if one else 0 for one in lie], times=[1500] * len(lie), age=13) for value in (0, 1)
    ]
    assert assessing._round(rows, plan, "fixed").lying.tolist() == [False, True]
    one = library.plan("gad-7")
    assert assessing._round([AnswerSheet(answers=[0] * 7, times=[1500] * 7, age=13)], one, "fixed").lying is None
