"""Loading: where it is refused, how it goes on after a power cut, and the whole city at its real size."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from qingyan.cases.models import Case
from qingyan.demo import api, findings
from qingyan.demo.campaigns import Kept
from qingyan.demo.cast import STORY_SCHOOL
from qingyan.demo.places import SCHOOLS
from qingyan.demo.roll import roll
from qingyan.demo.rounds import CLOSED
from qingyan.demo.sittings import school_sittings
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.organisations.models import District, School, Station
from qingyan.people.models import StaffProfile
from qingyan.screening.models import Result
from tests.demo.conftest import NOW
from tests.demo.test_cases import STATES

HERE = ZoneInfo("Asia/Shanghai")
AWKWARD_DAYS = [
    datetime(2026, 9, 1, 0, 5, tzinfo=HERE),  # the first minutes of a school year
    datetime(2026, 9, 7, 8, tzinfo=HERE),
    datetime(2027, 1, 3, 23, 50, tzinfo=HERE),  # a Sunday, late
    datetime(2027, 8, 30, 12, tzinfo=HERE),  # the last days of it
]


def test_production_refuses_the_demo(monkeypatch):
    monkeypatch.setattr(settings, "QINGYAN", SimpleNamespace(in_production=True))
    with pytest.raises(api.NotHere):
        api.load(now=NOW, size="small")


def test_without_a_demo_nobody_is_told_how_to_sign_in(empty_database):
    assert api.sign_ins() == []


def test_a_load_that_was_broken_off_goes_on_where_it_stopped(empty_database, monkeypatch):
    working, calls = findings.raise_and_file, []

    def failing(*given):
        calls.append(given)
        if len(calls) > 2:  # the second school
            raise OSError("power cut")
        return working(*given)

    monkeypatch.setattr(findings, "raise_and_file", failing)
    with pytest.raises(OSError, match="power cut"):
        api.load(now=NOW, size="small")
    monkeypatch.setattr(findings, "raise_and_file", working)
    lines: list[str] = []
    rest = api.load(now=NOW, size="small", progress=lambda line, _share: lines.append(line))
    assert (rest.schools, rest.staff, len(lines)) == (2, 0, 3), "two schools, and their boards"
    assert api.load(now=NOW, size="small").schools == 0


def test_a_critical_answer_on_an_unfinished_sheet_raises_its_alert_too():
    school = next(one for one in SCHOOLS if one.slug == STORY_SCHOOL)
    sat = school_sittings(school, roll(school, year=2026, seed=1), CLOSED, seed=1, now=NOW)
    one = next(one for one in sat if one.plan.code == "scl-90" and not one.finished)
    answers = [*one.answers[:14], 4, *([None] * 75)]
    (finding,) = findings.findings_of(Kept(replace(one, answers=answers), None))
    assert finding.level == "red"


@pytest.mark.deep
def test_the_full_city_has_the_size_of_the_reference_city(empty_database, acting):
    report = api.load(now=NOW)
    assert (District.objects.count(), School.objects.count(), Station.objects.count()) == (3, 41, 4)
    assert StaffProfile.objects.filter(full_time=True).count() == 53
    assert StaffProfile.objects.filter(full_time=False).count() == 28
    assert 3_800 <= report.pupils <= 4_400
    assert report.seconds < 60
    totals = []
    for school in School.objects.all():
        with acting(system_actor(school_id=school.id, sight=frozenset(Sight), purpose="test")):
            rows = Result.objects.filter(instrument="scl-90").values_list("values", flat=True)
            totals += [values["total"] for values in rows]
    assert 125 <= sum(totals) / len(totals) <= 140
    assert 0.15 <= sum(total > 160 for total in totals) / len(totals) <= 0.25


@pytest.mark.deep
@pytest.mark.parametrize("now", AWKWARD_DAYS, ids=lambda day: f"{day:%m-%d}")
def test_the_stories_can_be_told_on_any_day_of_the_year(empty_database, acting, now):
    api.load(now=now, size="small")
    here = School.objects.get(slug=STORY_SCHOOL)
    with acting(system_actor(school_id=here.id, sight=frozenset(Sight), purpose="test")):
        assert set(Case.objects.values_list("state", flat=True)) >= STATES
