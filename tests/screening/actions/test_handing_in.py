"""A sheet counts by the cut-off of its round: in the result, in the file, in the list, and when it is scored again."""

from dataclasses import replace

import pytest
from django.db import connections, transaction
from django.utils import timezone

from qingyan.alerts.actions.sweeping import SWEEPER
from qingyan.archives.models import Entry
from qingyan.foundation.access.scope import entered
from qingyan.screening import api as screening
from qingyan.screening.actions import campaigns
from qingyan.screening.actions.rescoring import Which, rescore_school
from qingyan.screening.models import Result, SecondStage
from qingyan.screening.queries.candidates import candidates
from tests.screening.answering import fill, open_page
from tests.screening.setting import plan_of

TEN = [2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0]  # PHQ-A: 10 reaches the line for adults, not the one for adolescents


@pytest.fixture
def cast(committed_cast):
    yield committed_cast
    connections["default"].close()


def handed_in(cast, rule):
    """One pupil's sheet of a total of 10 in a round with this cut-off."""
    plan = plan_of("phq-a")
    plan = replace(plan, instruments=tuple(replace(one, screen_rule=rule) for one in plan.instruments))
    by, now = cast.actor(cast.home.counsellor, cast.home), timezone.now()
    with transaction.atomic(), entered(by):
        made = campaigns.plan(holder=campaigns.Holder(school_id=cast.home.school.id), given=plan, by=by, now=now)
        campaign = campaigns.open_(campaign=made, by=by, now=now)
        SecondStage.objects.create(campaign=campaign)
    page = open_page(cast, cast.home.pupil, campaign, "phq-a")
    fill(page, TEN)
    assert page.finish()[0] == 200
    return campaign


@pytest.mark.parametrize(("rule", "named", "outcome"), [("adult", "adult", True), ("", "default", False)])
def test_the_rounds_cutoff_decides_and_is_named(cast, rule, named, outcome):
    campaign = handed_in(cast, rule)
    by = cast.actor(cast.home.counsellor, cast.home)
    with transaction.atomic(), entered(cast.platform()):
        screen = Result.objects.get().screen
        content = Entry.objects.get(kind="result").content
    assert (screen["rule"], screen["outcome"]) == (named, outcome)
    assert (content["screen_rule"], content["screen"]) == (named, outcome)
    with transaction.atomic(), entered(by):
        listed = candidates(by, campaign, SecondStage.objects.get(campaign=campaign))
        (sheet,) = screening.sheets_saved_since(by, campaign.opens_at)
    assert [flag.line for one in listed for flag in one.flags] == (["总分不低于 10（成人）"] if outcome else [])
    assert sheet.sitting.screen_rule == rule, f"what the {SWEEPER} judges by"


def test_scoring_again_finds_nothing_to_correct(cast):
    handed_in(cast, "adult")
    by = cast.platform()
    with transaction.atomic(), entered(by):
        (page,) = rescore_school(which=Which(), write=True, by=by, now=timezone.now())
    assert (page.seen, page.changed) == (1, 0)


def test_scoring_again_corrects_by_the_rounds_cutoff(cast):
    handed_in(cast, "adult")
    by = cast.platform()
    with transaction.atomic(), entered(by):
        Result.objects.update(screen={"rule": "adult", "outcome": False, "reasons": []})
        list(rescore_school(which=Which(), write=True, by=by, now=timezone.now()))
        screen = Result.objects.get().screen
    assert (screen["rule"], screen["outcome"]) == ("adult", True)


def test_a_plan_with_an_unknown_cutoff_is_refused(cast):
    with pytest.raises(campaigns.Unfit, match="没有所选的筛查线"):
        handed_in(cast, "mine")
