"""Norms over several schools: which sheets count, who may, that they are kept once and never changed."""

import statistics
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.api import perform
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.instruments.api import plan
from qingyan.instruments.api.norms import LocalNorm, LocalNormCell
from qingyan.screening import jobs
from qingyan.screening.actions import norming
from qingyan.screening.models import AnsweringQuality, AnswerSheet, Campaign, CampaignInstrument, Result, Sitting
from tests.factories.city import make_pupil
from tests.screening.setting import city_round

GAD = plan("gad-7")
SIGHT = frozenset({Sight.ANSWERS, Sight.RESULTS, Sight.PROGRESS, Sight.IDENTITY})


def job_actor(sight=SIGHT):
    return system_actor(school_id=None, sight=sight, purpose="test")


def handed_in(cast, place, campaign, totals, *, age=16, **quality):
    """A finished sheet for a new pupil each, with this total; `quality` None leaves it unjudged."""
    now = timezone.now()
    with transaction.atomic(), entered(cast.platform(place)):
        for total in totals:
            pupil = make_pupil(place.class_a, "甲乙", 2010)
            owned = {"student": pupil, "school": place.school, "school_class": place.class_a}
            named = {"instrument": "gad-7", "version": GAD.version}
            sitting = Sitting.objects.create(
                campaign=campaign, state="finished", started_at=now, finished_at=now, **named, **owned
            )
            sheet = {"answers": [0] * 7, "times": [900] * 7, "sequences": list(range(1, 8)), "age": age}
            AnswerSheet.objects.create(
                sitting=sitting, instrument_hash=GAD.digest, saved_at=now, **sheet, **named, **owned
            )
            Result.objects.create(
                sitting=sitting,
                campaign=campaign,
                instrument_hash=GAD.digest,
                rule_version="1",
                values={"total": total},
                scored_at=now,
                **named,
                **owned,
            )
            if quality.get("doubtful") is not None:
                read = {"read_at": now} if quality.get("reading") else {}
                AnsweringQuality.objects.create(
                    sitting=sitting,
                    campaign=campaign,
                    instrument="gad-7",
                    rule_version="x",
                    assessed_at=now,
                    **quality,
                    **read,
                    **owned,
                )


@pytest.fixture
def campaign(cast):
    return city_round(cast, "gad-7")


def closed(campaign):
    Campaign.objects.filter(id=campaign.id).update(state="closed")


def computed(campaign, *, group_by="grade", key=None):
    given = {"campaign_id": str(campaign.id), "instrument": "gad-7", "group_by": group_by}
    return perform(jobs.compute_norms, key=key or str(uuid4()), by=job_actor(), **given)


def test_sheets_of_all_schools_are_pooled_and_the_figures_are_right(cast, campaign):
    here, there = list(range(18)), [3, 3, 4, 5, 9, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]
    handed_in(cast, cast.home, campaign, here, doubtful=False)
    handed_in(cast, cast.far, campaign, there, doubtful=False)
    closed(campaign)
    computed(campaign)
    cell = LocalNormCell.objects.get(scale="total")
    assert (cell.group, cell.sex, cell.n) == (10, "F", 35)
    assert cell.mean == round(statistics.mean(here + there), 3)
    assert cell.sd == pytest.approx(statistics.stdev(here + there), abs=0.0006)
    assert cell.percentiles["50"] == statistics.median(here + there)
    row = LocalNorm.objects.get()
    assert (row.campaign, row.sheets, row.rule_version) == (campaign.id, 35, "local-norm-1")


def test_doubtful_and_unjudged_sheets_do_not_count_unless_a_counsellor_accepted_them(cast, campaign):
    handed_in(cast, cast.home, campaign, [5] * 25, doubtful=False)
    handed_in(cast, cast.home, campaign, [5] * 5, doubtful=True, reading="counts")
    handed_in(cast, cast.home, campaign, [20] * 9, doubtful=True)
    handed_in(cast, cast.home, campaign, [20] * 3)
    closed(campaign)
    computed(campaign)
    cell = LocalNormCell.objects.get()
    assert (cell.n, cell.mean, cell.sd) == (30, 5.0, 0.0)
    assert LocalNorm.objects.get().left_out == {"doubtful": 10, "unjudged": None}


def test_a_group_under_thirty_is_named_and_has_no_figure(cast, campaign):
    handed_in(cast, cast.home, campaign, [5] * 29, doubtful=False)
    closed(campaign)
    computed(campaign)
    assert LocalNorm.objects.get().too_small == [[10, "F"]]
    assert not LocalNormCell.objects.exists()


def test_by_age_takes_the_age_on_the_sheet(cast, campaign):
    handed_in(cast, cast.home, campaign, [5] * 30, doubtful=False, age=15)
    closed(campaign)
    computed(campaign, group_by="age")
    assert LocalNormCell.objects.get().group == 15


def test_it_is_computed_once_and_never_changed(cast, campaign):
    handed_in(cast, cast.home, campaign, [5] * 30, doubtful=False)
    closed(campaign)
    assert computed(campaign, key="one")
    assert not computed(campaign, key="one")
    computed(campaign, group_by="age")
    assert LocalNorm.objects.count() == 1
    for change in (lambda: LocalNorm.objects.update(sheets=1), lambda: LocalNormCell.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_an_open_round_has_no_norms(cast, campaign):
    officer = cast.actor(cast.city_officer)
    with entered(officer), pytest.raises(NotAllowed):
        norming.ask(campaign=campaign, instrument="gad-7", group_by="grade", by=officer, now=timezone.now())
    computed(campaign)
    assert not LocalNorm.objects.exists()


def test_nobody_but_the_job_counts_and_only_the_officer_asks(cast, campaign):
    closed(campaign)
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    with entered(counsellor), pytest.raises(NotVisible):
        norming.ask(campaign=campaign, instrument="gad-7", group_by="grade", by=counsellor, now=timezone.now())
    wanted = norming.Wanted(campaign, CampaignInstrument.objects.get(campaign=campaign), "grade")
    for by in (cast.actor(cast.city_officer), job_actor(sight=frozenset())):
        with transaction.atomic(), entered(by), pytest.raises(NotVisible):
            norming.compute(wanted=wanted, by=by, now=timezone.now())


def test_the_control_without_sight_of_results_the_schools_have_nothing_to_count(cast, campaign):
    handed_in(cast, cast.home, campaign, [5] * 30, doubtful=False)
    with transaction.atomic(), entered(job_actor().at_school(cast.other.school.id)):
        assert Result.objects.count() == 0
    with transaction.atomic(), entered(job_actor(sight=frozenset({Sight.PROGRESS})).at_school(cast.home.school.id)):
        assert Result.objects.count() == 0
