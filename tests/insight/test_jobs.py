"""From scored sheets to what is told: counted in each school's scope, told by district, frozen, and never small."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.insight.actions.counting import count_rounds
from qingyan.insight.actions.releasing import release, remember
from qingyan.insight.contracts import Occasion
from qingyan.insight.jobs import build
from qingyan.insight.models import RawCell, ReleasedCell, ReleasedTable
from qingyan.insight.queries.exact import CELLS, OCCASIONS
from tests.insight.setting import built, over, sheets, told
from tests.screening.setting import city_round, school_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_over(cast):
    """A round of the city that is over: 40 sheets at home of which 12 reached the line, 34 at the other school."""
    campaign = over(city_round(cast, "phq-a"))
    sheets(cast, campaign, cast.home, reached=12, rest=28)
    sheets(cast, campaign, cast.other, reached=3, rest=31)
    return campaign


def test_a_round_that_is_over_is_told_of_schools_district_and_city(cast, round_over):
    built()
    levels = told("school", cast.home.school.id, "levels")
    assert (levels["F", "reached"], levels["F", "not_reached"]) == (10, 30)
    assert set(told("school", cast.other.school.id, "levels").values()) == {None, 0}
    district = told("district", cast.home.school.district_id, "levels")
    assert (district["F", "reached"], district["F", "not_reached"]) == (15, 60)
    assert told("city", cast.city.id, "levels") == district
    assert told("school", cast.home.school.id, "validity")["F", "unjudged"] == 40


def test_an_open_round_tells_its_coverage_and_nothing_else(cast):
    campaign = city_round(cast, "phq-a")
    sheets(cast, campaign, cast.home, reached=12, rest=28)
    built()
    topics = ReleasedTable.objects.filter(round=campaign).values_list("topic", flat=True)
    assert set(topics) == {"coverage"}


def test_a_round_is_frozen_until_it_is_corrected(cast, round_over):
    built()
    assert build(count_rounds) == 0
    sheets(cast, round_over, cast.home, reached=9, rest=0)
    assert build(count_rounds) == 0, "the sheets were scored before the count"
    with entered(cast.platform()):
        connection.cursor().execute("UPDATE screening_result SET scored_at = now() + interval '1 minute'")
    assert build(count_rounds) == 1
    assert told("school", cast.home.school.id, "levels")["F", "reached"] == 20
    heads = ReleasedTable.objects.filter(level="school", place=cast.home.school.id, topic="levels")
    assert list(heads.order_by("number").values_list("number", "current")) == [(1, False), (2, True)]


def test_seven_more_change_nothing_that_was_told(cast, round_over):
    built()
    before = list(ReleasedTable.objects.filter(topic="levels").values_list("id", "current"))
    sheets(cast, round_over, cast.home, reached=7, rest=0)
    with entered(cast.platform()):
        connection.cursor().execute("UPDATE screening_result SET scored_at = now() + interval '1 minute'")
    build(count_rounds)
    assert list(ReleasedTable.objects.filter(topic="levels").values_list("id", "current")) == before
    with entered(cast.platform()):
        cell = RawCell.objects.get(school=cast.home.school, topic="levels", category="reached")
        assert (cell.count, cell.told, cell.told_above) == (19, 12, 12)


def test_a_schools_own_round_is_told_of_that_school_alone(cast):
    campaign = over(school_round(cast, "phq-a"))
    sheets(cast, campaign, cast.home, reached=12, rest=28)
    built()
    levels = set(ReleasedTable.objects.filter(round=campaign).values_list("level", flat=True))
    assert levels == {"school"}


def test_nobody_with_a_post_reads_an_exact_count(cast, round_over):
    built()
    home = cast.home
    for account, place in (
        (home.counsellor, home),
        (home.principal, home),
        (home.school_admin, home),
        (cast.district_lead, None),
        (cast.city_officer, None),
        (cast.system_admin, None),
    ):
        with entered(cast.actor(account, place)), connection.cursor() as cursor:
            assert RawCell.objects.count() == 0
            cursor.execute(CELLS, [[home.school.id], round_over.id, None])
            assert cursor.fetchall() == []
            cursor.execute(OCCASIONS, [[home.school.id]])
            assert cursor.fetchall() == []
    with entered(cast.platform()), connection.cursor() as cursor:
        assert RawCell.objects.count() > 0, "the control"
        cursor.execute(CELLS, [[home.school.id], round_over.id, None])
        assert cursor.fetchall()


def test_only_the_platform_counts_and_tells(cast, round_over):
    by, occasion = cast.actor(cast.home.principal, cast.home), Occasion(round=round_over.id)
    with entered(by):
        with pytest.raises(NotVisible):
            count_rounds(by=by, now=timezone.now())
        with pytest.raises(NotVisible):
            release(schools=[cast.home.school.id], district=None, occasion=occasion, by=by, now=timezone.now())
        with pytest.raises(NotVisible):
            remember(occasion=occasion, kept=None, by=by)


@pytest.mark.parametrize("figure", [1, 3, 7, 5, 12, 41])
def test_the_database_refuses_a_figure_that_is_small_or_exact(cast, round_over, figure):
    built()
    table = ReleasedTable.objects.filter(topic="levels").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReleasedCell.objects.create(table=table, category="x", shown=figure)
    ReleasedCell.objects.create(table=table, category="y", shown=40)


def test_a_school_that_fails_stops_nobody_else(cast, round_over, monkeypatch):
    real = count_rounds

    def count(*, by, now):
        if by.school_id == cast.home.school.id:
            raise RuntimeError
        return real(by=by, now=now + timedelta(seconds=1))

    assert build(count) == 2
    assert told("school", cast.other.school.id, "levels")
    assert not told("school", cast.home.school.id, "levels")


def test_who_was_invited_is_not_counted_long_after_a_round(cast, round_over):
    """A year later the classes are others; what was told of coverage before stays, and nothing new is made up."""
    closed = timezone.now() - timedelta(days=70)
    opened = closed - timedelta(days=20)
    type(round_over).objects.filter(id=round_over.id).update(opens_at=opened, closes_at=closed)
    built()
    topics = set(ReleasedTable.objects.filter(round=round_over).values_list("topic", flat=True))
    assert topics == {"levels", "validity", "factors"}
