"""Where each version stands in the review, in a fixed number of statements."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from qingyan.instruments import api
from qingyan.instruments.models import ItemSignature, ReviewDecision
from qingyan.instruments.queries.reviews import grades_open, review_refusal, standings, waiting_count
from qingyan.organisations.models import City


def test_the_whole_library_takes_two_statements(cast):
    with CaptureQueriesContext(connection) as queries:
        found = standings(cast.city.id)
    assert len(queries) == 2
    assert [(one.plan.code, one.plan.version) for one in found] == [(one.code, one.version) for one in api.released()]


def test_another_citys_decision_opens_nothing(cast):
    other = City.objects.create(name="别的市")
    assert grades_open(other.id)["gad-7", "1.0"] == frozenset()
    assert review_refusal(other.id, "gad-7", "1.0", range(7, 10)) == "not_reviewed"
    assert review_refusal(cast.city.id, "gad-7", "1.0", range(7, 10)) is None


def test_without_a_city_nothing_is_open(db):
    assert set(grades_open(None).values()) == {frozenset()}


def test_a_version_is_approved_for_itself_alone(cast):
    row = ReviewDecision.objects.filter(instrument="phq-a").order_by("instrument_version")
    assert [one.instrument_version for one in row] == ["1.0", "1.1"]
    assert {one.unsigned for one in standings(cast.city.id)} == {0}
    assert ItemSignature.objects.filter(instrument="phq-a").count() == 6


def test_only_reviewers_are_told_how_many_wait(cast):
    assert waiting_count(cast.actor(cast.city_officer)) == 0
    assert waiting_count(cast.actor(cast.home.counsellor, cast.home)) == 0
