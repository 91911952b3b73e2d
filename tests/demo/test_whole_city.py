"""The city at the size of the reference city: exact sums by quotas, and both visits on a city made small."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from qingyan.demo import api, campaigns, places, whole_city
from qingyan.demo.roll import former, outline
from qingyan.demo.rounds import of_last_year
from qingyan.demo.school import Count
from qingyan.organisations.models import School, SchoolClass
from qingyan.people.models import Enrolment, Student
from qingyan.screening.models import Result, Sitting

NOW = datetime(2026, 11, 26, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_shares_sum_to_the_whole_and_follow_the_weights():
    given = whole_city.shared_out(10, {"a": 1, "b": 1, "c": 1, "d": 0})
    assert sum(given.values()) == 10
    assert sorted(given.values()) == [0, 3, 3, 4]
    assert given["d"] == 0


def test_the_quotas_reach_the_reference_figures_exactly():
    found = {
        plan.slug: whole_city.Visit(Count(0, 0, 0), files=plan.build.classes * plan.build.size * 3, sheets=1000)
        for plan in whole_city.SCHOOLS
    }
    quotas = whole_city.quotas_of(found)
    assert sum(one.files for one in found.values()) + sum(one.former for one in quotas.values()) == 93_204
    assert 41 * 1000 + sum(one.sheets for one in quotas.values()) == 220_099
    assert min(one.former for one in quotas.values()) >= 0


def test_the_city_of_the_reference_has_forty_one_schools_of_real_size():
    pupils = sum(one.build.classes * len(one.build.grades) * one.build.size for one in whole_city.SCHOOLS)
    assert len(whole_city.SCHOOLS) == 41
    assert 78_000 < pupils < 83_000
    assert [replace(one, whole=False) for one in whole_city.SCHOOLS] == list(places.SCHOOLS)


def test_outlines_of_two_years_have_different_codes_and_former_pupils_other_numbers():
    plan = whole_city.SCHOOLS[0]
    now, before = (outline(plan, seed=1, word=word) for word in ("now", "before"))
    assert {one.code for one in now} & {one.code for one in before} == set()
    assert len({one.code for one in now}) == len(now) == 54
    gone = former(plan, year=2025, seed=1, count=50)
    assert len({one.id_number for one in gone}) == 50
    assert {one.born.year for one in gone} == {2007, 2008}


@pytest.mark.parametrize("day", [datetime(2026, 11, 26), datetime(2027, 3, 1), datetime(2027, 8, 30)])
def test_the_rounds_of_last_year_lie_in_last_school_year(day):
    for plan in of_last_year(2026, day.date()):
        opened = day.toordinal() + plan.opens
        assert datetime(2025, 9, 1).toordinal() <= opened < datetime(2026, 8, 31).toordinal()


@pytest.fixture
def shrunk(monkeypatch):
    """Three schools with one small class a grade, both visits in this process, small sums."""
    small = {kind: replace(build, classes=1, size=9) for kind, build in places.WHOLE_BUILDS.items()}
    monkeypatch.setattr(places, "WHOLE_BUILDS", small)
    schools = tuple(replace(one, whole=True) for one in places.SCHOOLS if one.slug in places.SMALL)
    monkeypatch.setattr(whole_city, "SCHOOLS", schools)

    def here(work, tasks, progress, *, shares):
        found = {task[0].slug: work(*task) for task in tasks}
        progress("", shares[1])
        return found

    monkeypatch.setattr(whole_city, "_everywhere", here)
    monkeypatch.setattr(whole_city, "FILES", 200)
    monkeypatch.setattr(whole_city, "SHEETS", 170)


def test_both_visits_reach_the_sums_and_a_second_load_writes_nothing(committed_db, shrunk):
    shares = []
    report = api.load(now=NOW, size="city", progress=lambda _line, share: shares.append(share))
    assert (report.files, report.sheets, shares[-1]) == (200, 170, 1.0)
    again = api.load(now=NOW, size="city")
    assert (again.files, again.sheets, again.pupils, again.schools) == (200, 170, 0, 0)


def test_the_sign_ins_of_the_large_city_name_this_years_classes(committed_db, shrunk):
    api.load(now=NOW, size="city")
    alike = SchoolClass.objects.filter(school__slug=places.SMALL[0]).values("grade", "number")
    assert alike.count() > alike.distinct().count(), "the control: two years have classes of the same name"
    pupils = [one for one in api.sign_ins() if one.url.endswith("/door/")]
    assert pupils
    assert {SchoolClass.objects.get(code=one.login).school_year.starts_on.year for one in pupils} == {2026}


def test_former_pupils_have_their_file_and_their_sheets_of_last_year(committed_db, shrunk, acting):
    api.load(now=NOW, size="city")
    school = School.objects.get(slug=places.SMALL[0])
    spring, _ = of_last_year(2026, NOW.date())
    with acting(whole_city.platform(school)):
        gone = Student.objects.filter(state="graduated", school_class=None)
        sat = Sitting.objects.filter(campaign=campaigns.campaign_id(spring), student__in=gone)
        assert sat.exists()
        assert set(sat.values_list("school_class__grade", flat=True)) == {12}
        assert Enrolment.objects.filter(student__in=gone, ends_on=None).count() == 0
        assert Enrolment.objects.filter(student__state="enrolled").exclude(ends_on=None).exists()
        assert Result.objects.filter(student__in=gone).count() == sat.filter(state="finished").count()


@pytest.mark.deep
def test_the_whole_city_holds_exactly_the_reference_figures(committed_db):
    report = api.load(now=NOW, size="city")
    assert (report.files, report.sheets) == (93_204, 220_099)
