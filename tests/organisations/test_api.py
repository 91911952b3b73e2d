"""The front door of organisations: the present year, classes in order, grades and stages, registered facts."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from qingyan.organisations import api
from qingyan.organisations.models import School, SchoolClass, SchoolYear, Stage
from qingyan.organisations.queries import registered

SHANGHAI = timezone(timedelta(hours=8))


def test_the_present_year_turns_at_local_midnight(cast):
    SchoolYear.objects.create(name="2027—2028", starts_on=date(2027, 9, 1), ends_on=date(2028, 8, 31))
    before = datetime(2027, 8, 31, 23, 59, tzinfo=SHANGHAI)
    assert api.current_year(before).name == "2026—2027"
    assert api.current_year(before + timedelta(minutes=1)).name == "2027—2028"
    assert api.current_year(datetime(2020, 1, 1, tzinfo=UTC)) is None


def test_in_the_holidays_there_is_no_term(cast):
    assert api.current_term(datetime(2026, 11, 24, tzinfo=UTC)).ordinal == 1
    assert api.current_term(datetime(2027, 2, 1, tzinfo=UTC)) is None


def test_classes_are_those_of_this_year_by_grade_and_number(cast):
    past = SchoolYear.objects.create(name="2025—2026", starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    SchoolClass.objects.create(school=cast.home.school, school_year=past, grade=7, number=1, code="OLD1")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    found = api.classes_of(cast.home.school.id, now=now)
    assert [one.id for one in found] == [cast.home.class_b.id, cast.home.class_a.id]


def test_a_closed_school_is_not_found_by_its_address(cast):
    assert api.school_by_slug("qingshi").id == cast.home.school.id
    School.objects.filter(slug="qingshi").update(opened=False)
    assert api.school_by_slug("qingshi") is None
    assert cast.home.school.id in api.school_ids()


def test_grades_and_stages_have_their_names():
    assert (api.grade_name(10), api.stage_of(10, "vocational")) == ("高一", Stage.VOCATIONAL)
    with pytest.raises(KeyError):
        api.grade_name(13)


def test_the_hotlines_are_in_order(cast):
    assert [line.number for line in api.hotlines()] == ["12355", "12356"]


def test_people_tells_staffing_and_alerts_tells_the_start_page_without_being_known_here(cast):
    assert set(registered.staffing()) == {cast.home.school.id, cast.other.school.id, cast.far.school.id}
    counsellor = cast.actor(cast.home.counsellor, cast.home)
    principal = cast.actor(cast.home.principal, cast.home)
    assert registered.start_page(counsellor) == "alerts:today"
    assert registered.start_page(principal) != "alerts:today"
