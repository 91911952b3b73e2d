"""Who is on duty at a school: posts, names, absences; and what a pupil's help page is told."""

from datetime import timedelta

from django.utils import timezone

from qingyan.alerts.models import DutyPost
from qingyan.alerts.queries.duty import calendar_of, on_duty_now, rota_of
from qingyan.concerns.queries.on_duty import on_duty
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import SpecialDay
from tests.alerts.duty_setting import away, colleague, keeper

DAY = timedelta(days=1)


def rota(place):
    by, now = keeper(place), timezone.now()
    with entered(by):
        return rota_of(by, calendar=calendar_of(place.school.id, now), now=now)


def test_without_names_the_posts_decide_and_the_district_stands_last(cast):
    found = rota(cast.home).persons()
    assert found["counsellor"] == found["deputy"] == cast.home.counsellor.id
    assert found["leader"] == cast.home.principal.id
    assert found["district"] == cast.district_lead.id


def test_a_district_without_a_lead_is_stood_for_by_the_city(cast):
    assert rota(cast.far).persons()["district"] == cast.city_officer.id


def test_nobody_who_is_away_stands_anywhere(cast):
    now = timezone.now()
    away(cast.home, cast.home.counsellor, now - DAY, now + DAY)
    away(cast.home, cast.home.principal, now - DAY, now + DAY)
    found = rota(cast.home).persons()
    assert (found["counsellor"], found["leader"]) == (None, None)


def test_who_is_away_at_one_school_is_not_away_at_another(cast):
    now = timezone.now()
    away(cast.other, cast.other.counsellor, now - DAY, now + DAY)
    assert rota(cast.home).persons()["counsellor"] == cast.home.counsellor.id


def test_the_calendar_knows_terms_and_the_days_that_were_registered(cast):
    day = timezone.localdate() + 2 * DAY
    SpecialDay.objects.create(city=cast.city, day=day, works=False, title="放假")
    assert not calendar_of(cast.home.school.id, timezone.now()).is_school_day(day)
    SpecialDay.objects.create(city=cast.city, school=cast.home.school, day=day, works=True, title="本校上课")
    assert calendar_of(cast.home.school.id, timezone.now()).is_school_day(day)
    assert not calendar_of(cast.other.school.id, timezone.now()).is_school_day(day)


def test_a_pupils_help_page_names_who_is_on_duty_and_nobody_who_is_away(cast):
    second, now = colleague(cast.home, "second", "赵清"), timezone.now()
    with entered(keeper(cast.home)):
        DutyPost.objects.create(school=cast.home.school, account=second, place="counsellor", hours="always")
    with entered(keeper(cast.home)):
        assert on_duty_now(cast.home.school.id, now)[0] == second.id
    assert [one.name for one in on_duty(cast.home.school.id, now)][:1] == ["赵清"]
    away(cast.home, second, now - DAY, now + DAY)
    assert [one.name for one in on_duty(cast.home.school.id, now)][:1] == ["林若溪"]
