"""From sheets to told scales: summed in each school's scope, read by nobody with a post, told of district and city."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.insight.actions.scaling import release_scales
from qingyan.insight.models import RawMoments, ReleasedScale
from qingyan.insight.queries.moments import MOMENTS
from qingyan.instruments import api as instruments
from qingyan.screening.models import AnswerSheet, Result
from tests.insight.setting import CODE, built, over, sheets
from tests.screening.setting import city_round, school_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(cast):
    """A round of the city that is over, with the answers of 70 sheets at each of two schools of one district."""
    return with_answers(cast, over(city_round(cast, CODE)))


def with_answers(cast, campaign):
    chance, plan = random.Random(7), instruments.plan(CODE)
    ends = [max(one.value for one in plan.instrument.options_of(item)) for item in plan.items]
    for place in (cast.home, cast.other):
        sheets(cast, campaign, place, reached=12, rest=58)
        with entered(cast.platform(place)):
            for one in Result.objects.filter(campaign=campaign, school=place.school):
                owned = {"student_id": one.student_id, "school_id": one.school_id}
                trait = chance.gauss(0.8, 0.9)
                answers = [min(end, max(0, round(trait + chance.gauss(0, 0.7)))) for end in ends]
                AnswerSheet.objects.create(
                    sitting_id=one.sitting_id,
                    school_class_id=one.school_class_id,
                    instrument=one.instrument,
                    version=one.version,
                    instrument_hash=one.instrument_hash,
                    answers=answers,
                    times=[1500] * len(ends),
                    sequences=[1] * len(ends),
                    **owned,
                )
    return campaign


def test_a_round_that_is_over_is_told_of_the_district_and_the_city(cast, answered):
    built()
    rows = ReleasedScale.objects.filter(round=answered, current=True)
    assert {(row.level, row.place) for row in rows} == {
        ("district", cast.home.school.district_id),
        ("city", cast.city.id),
    }
    told = rows.get(level="district")
    assert told.sheets == 140
    assert 0.7 < told.told["alpha"] < told.told["high"] < 1
    assert len(told.told["items"]) == 9
    assert rows.get(level="city").told == told.told, "its one district with sheets"


def test_told_once_while_nothing_changes(cast, answered):
    built()
    before = list(ReleasedScale.objects.values_list("id", "number"))
    built()
    assert list(ReleasedScale.objects.values_list("id", "number")) == before


def test_an_open_round_and_a_schools_own_round_tell_nothing_of_scales(cast):
    with_answers(cast, city_round(cast, CODE))
    over(school_round(cast, CODE))
    built()
    with entered(cast.platform()):
        assert RawMoments.objects.count() == 0
    assert ReleasedScale.objects.count() == 0


def test_nobody_with_a_post_reads_sums_of_answers(cast, answered):
    built()
    home = cast.home
    with entered(cast.platform()):
        assert RawMoments.objects.filter(school=home.school).count() == 1
    for account, place in (
        (home.counsellor, home),
        (home.principal, home),
        (home.school_admin, home),
        (cast.district_lead, None),
        (cast.city_officer, None),
        (cast.system_admin, None),
    ):
        with entered(cast.actor(account, place)), connection.cursor() as cursor:
            assert RawMoments.objects.count() == 0
            cursor.execute(MOMENTS, [[home.school.id], answered.id])
            assert cursor.fetchall() == []


def test_nobody_with_a_post_tells_of_scales(cast, answered):
    officer = cast.actor(cast.city_officer)
    with entered(officer), pytest.raises(NotVisible):
        release_scales(
            district=cast.home.school.district_id,
            schools=[cast.home.school.id],
            round_id=answered.id,
            by=officer,
            now=timezone.now(),
        )
