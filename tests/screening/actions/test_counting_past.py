"""Once a round is over its cut-offs are counted for plans to come: large groups, by a job, for the place itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.screening.actions.counting_past import count_school
from qingyan.screening.jobs import count_past
from qingyan.screening.models import Campaign, PastShare, Result, Sitting
from qingyan.screening.queries.past import past_of
from tests.factories.city import make_pupil
from tests.screening.setting import city_round, school_round

pytestmark = pytest.mark.django_db

MANY, FEW = 30, 29


def results(cast, campaign, place, totals, *, code="phq-a") -> None:
    """Handed-in sheets of new pupils of the place's first class with these totals."""
    plan, now = instruments.plan(code), timezone.now() - timedelta(hours=2)
    with entered(cast.platform(place)):
        for number, total in enumerate(totals):
            pupil = make_pupil(place.class_a, f"甲{number}", 2010)
            owned = {"student": pupil, "school": place.school, "school_class": place.class_a}
            facts = {"instrument": code, "version": plan.version}
            sitting = Sitting.objects.create(
                campaign=campaign, state="finished", started_at=now, finished_at=now, **facts, **owned
            )
            Result.objects.create(
                sitting=sitting,
                campaign=campaign,
                instrument_hash=plan.digest,
                rule_version="1",
                values={"total": total},
                scored_at=now,
                **facts,
                **owned,
            )


def over(campaign) -> Campaign:
    Campaign.objects.filter(id=campaign.id).update(state="closed")
    return campaign


def counted(cast, place=None):
    by = cast.platform(place)
    with entered(by):
        count_school(by=by, now=timezone.now())
    return {(one.grade, one.rule): (one.asked, one.positive) for one in PastShare.objects.all()}


def test_every_rule_is_counted_for_the_school_and_its_grades(cast):
    campaign = over(school_round(cast, "phq-a"))
    results(cast, campaign, cast.home, [10] * 3 + [11] * 6 + [0] * 21)
    grade = cast.home.class_a.grade
    assert counted(cast) == {
        (0, "default"): (30, 6),
        (0, "adult"): (30, 9),
        (grade, "default"): (30, 6),
        (grade, "adult"): (30, 9),
    }


def test_a_group_of_fewer_than_thirty_is_not_kept(cast):
    campaign = over(school_round(cast, "phq-a"))
    results(cast, campaign, cast.home, [11] * FEW)
    assert counted(cast) == {}


def test_an_undecided_sheet_counts_nowhere(cast):
    campaign = over(school_round(cast, "phq-a"))
    results(cast, campaign, cast.home, [11] * FEW + [None])
    assert counted(cast) == {}


def test_a_round_that_still_runs_is_not_counted(cast):
    results(cast, school_round(cast, "phq-a"), cast.home, [11] * MANY)
    assert counted(cast) == {}


def test_counting_again_changes_nothing_until_a_result_is_corrected(cast):
    campaign = over(school_round(cast, "phq-a"))
    results(cast, campaign, cast.home, [11] * MANY)
    assert count_past(cast.home.school.id) == 1
    assert count_past(cast.home.school.id) == 0
    with entered(cast.platform()):
        Result.objects.filter(campaign=campaign).update(values={"total": 0}, scored_at=timezone.now())
    assert count_past(cast.home.school.id) == 1
    assert {one.positive for one in PastShare.objects.all()} == {0}


def test_only_the_job_counts(cast):
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor), pytest.raises(NotVisible):
        count_school(by=counsellor, now=timezone.now())


def test_a_school_reads_its_own_share_and_no_other_schools(cast):
    campaign = over(city_round(cast, "phq-a"))
    results(cast, campaign, cast.home, [11] * 15 + [0] * 15)
    results(cast, campaign, cast.other, [0] * 30)
    counted(cast), counted(cast, cast.other)
    new = school_round(cast, "phq-a")
    by = cast.actor(cast.home.counsellor, cast.home)
    with entered(by):
        pasts = past_of(by, new)
    assert [(one.own, one.whole.positive, one.whole.asked) for one in pasts["phq-a:default"]] == [(True, 15, 30)]


def test_the_city_reads_sums_of_three_schools_at_least(cast):
    campaign = over(city_round(cast, "phq-a"))
    officer, new = cast.actor(cast.city_officer), city_round(cast, "phq-a")
    for place, shown in ((cast.home, []), (cast.other, []), (cast.far, [(False, 45, 90)])):
        results(cast, campaign, place, [11] * 15 + [0] * 15)
        counted(cast, place)
        with entered(officer):
            found = past_of(officer, new).get("phq-a:default", [])
        assert [(one.own, one.whole.positive, one.whole.asked) for one in found] == shown
