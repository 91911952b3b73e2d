"""A round asks only what the city approved for these grades; a refusal says why and where to go."""

import pytest
from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.instruments import api as instruments
from qingyan.instruments.models import ReviewDecision
from qingyan.screening.actions import campaigns
from qingyan.screening.actions.campaigns import Holder, Unfit
from qingyan.screening.queries.assignments import second_choices
from qingyan.screening.queries.campaigns import choices, unapproved
from tests.factories.reviews import approve_library
from tests.screening.setting import plan_of, school_round


def decided(cast, code, verdict, *, grades=(1, 12), version=None):
    plan = instruments.plan(code, version)
    ReviewDecision.objects.create(
        city=cast.city,
        instrument=code,
        instrument_version=plan.version,
        digest=plan.digest,
        verdict=verdict,
        grade_from=grades[0],
        grade_to=grades[1],
        decided_at=timezone.now(),
    )


def drafted(cast, code, *, grades=(10, 12)):
    by, now = cast.actor(cast.home.counsellor, cast.home), timezone.now()
    with entered(by):
        holder = Holder(school_id=cast.home.school.id)
        return campaigns.plan(holder=holder, given=plan_of(code, grades=grades), by=by, now=now)


def faults(cast, code, **given):
    with pytest.raises(Unfit) as refused:
        drafted(cast, code, **given)
    return " ".join(refused.value.faults)


def test_a_refused_version_is_refused_with_the_place_to_go(cast):
    decided(cast, "gad-7", "refused")
    said = faults(cast, "gad-7")
    assert "经市里审核不可使用" in said
    assert "量表审核" in said


def test_grades_that_are_not_approved_are_named(cast):
    decided(cast, "gad-7", "limited", grades=(11, 12))
    assert "只能用于高二、高三，不能用于高一至高三" in faults(cast, "gad-7")
    assert drafted(cast, "gad-7", grades=(11, 12)).state == "draft"


def test_an_item_signed_for_the_higher_grades_shuts_the_lower_ones(cast):
    approve_library(cast.city, lowest_grade=11)
    assert "经签署不能问低年级" in faults(cast, "phq-a")


def test_what_was_refused_after_the_plan_cannot_be_opened(cast):
    draft = drafted(cast, "gad-7")
    decided(cast, "gad-7", "refused")
    by = cast.actor(cast.home.counsellor, cast.home)
    with entered(by), pytest.raises(Unfit):
        campaigns.open_(campaign=draft, by=by, now=timezone.now())


def test_the_wizard_offers_approved_grades_only_and_names_the_rest(cast):
    decided(cast, "gad-7", "limited", grades=(11, 12))
    decided(cast, "ces-dc", "refused")
    offered = {one.summary.code: list(one.grades) for one in choices(school_id=cast.home.school.id)}
    assert offered["gad-7"] == [11, 12]
    assert "ces-dc" not in offered
    assert [one.code for one in unapproved(school_id=cast.home.school.id)] == ["ces-dc"]


def test_the_second_stage_assigns_approved_instruments_only(cast):
    campaign = school_round(cast, "scl-90")
    assert "gad-7" in [one.summary.code for one in second_choices(campaign)]
    decided(cast, "gad-7", "refused")
    assert "gad-7" not in [one.summary.code for one in second_choices(campaign)]


def test_a_city_without_approvals_is_shown_the_first_step(cast, client):
    client.force_login(cast.city_officer, backend="django.contrib.auth.backends.ModelBackend")
    assert "第一步：审核量表" not in client.get("/campaigns/").content.decode()
    for one in instruments.released():
        decided(cast, one.code, "refused", version=one.version)
    assert "第一步：审核量表" in client.get("/campaigns/").content.decode()
    second = client.post("/campaigns/new/", {"title": "全市测评", "purpose": "census"}, follow=True)
    assert "还没有审核过的量表" in second.content.decode()
