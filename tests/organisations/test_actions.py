"""Changes to places and dates: permitted, checked, recorded; a refusal changes nothing."""

from datetime import date

import pytest
from django.utils import timezone

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.organisations import api as organisations
from qingyan.organisations.actions import (
    WORDS,
    Unfit,
    add_district,
    add_school,
    add_school_year,
    add_special_day,
    add_station,
    add_term,
    edit_school,
    found_city,
)
from qingyan.organisations.contracts import NewSchool, NewStation, SchoolPage
from qingyan.organisations.models import City, Hotline, School, SchoolYear, SpecialDay
from qingyan.organisations.rules import Fault

PAGE = SchoolPage(short_name="青石", accent="#0f5654", welcome="来坐坐。", counselling_room="")


def trail(cast) -> list[str]:
    with entered(cast.platform()):
        return list(AuditEntry.objects.values_list("action", flat=True))


def test_saving_the_same_page_again_leaves_no_second_line(cast):
    by = cast.actor(cast.home.school_admin, cast.home)
    with entered(by):
        for _ in range(2):
            edit_school(school=cast.home.school, page=PAGE, by=by, now=timezone.now())
    assert trail(cast) == ["school.edit"]


def test_the_administrator_of_one_school_does_not_edit_another(cast):
    by = cast.actor(cast.home.school_admin, cast.home)
    with entered(by), pytest.raises(NotVisible):
        edit_school(school=cast.other.school, page=PAGE, by=by, now=timezone.now())
    assert School.objects.get(id=cast.other.school.id).short_name != "青石"


def test_only_the_city_officer_keeps_the_calendar(cast):
    span = {"starts_on": date(2027, 9, 1), "ends_on": date(2028, 8, 31)}
    for account in (cast.district_lead, cast.home.school_admin, cast.system_admin):
        by = cast.actor(account)
        with entered(by), pytest.raises(NotVisible):
            add_school_year(**span, by=by, now=timezone.now())
    officer = cast.actor(cast.city_officer)
    with entered(officer):
        year = add_school_year(**span, by=officer, now=timezone.now())
        term = add_term(
            year=year, ordinal=1, span=(date(2027, 9, 1), date(2028, 1, 20)), by=officer, now=timezone.now()
        )
        with pytest.raises(Unfit) as refused:
            add_term(year=year, ordinal=1, span=(date(2028, 2, 1), date(2028, 7, 1)), by=officer, now=timezone.now())
    assert (year.name, term.ordinal, SchoolYear.objects.count()) == ("2027—2028", 1, 2)
    assert [str(fault) for fault in refused.value.faults] == ["这个学年已经有这个学期了。"]


def test_every_fault_has_its_words():
    values = {"name": "n", "first": "a", "last": "b"}
    for code in WORDS:
        assert "%" not in str(Unfit([Fault(code, values)]))


def test_a_city_is_founded_once_by_the_platform_with_numbers_to_call(db):
    by = system_actor(school_id=None, sight=frozenset(), purpose="test")
    with entered(by):
        city = found_city(name="云州市", by=by, now=timezone.now())
        with pytest.raises(Unfit):
            found_city(name="另一个市", by=by, now=timezone.now())
    assert (city.demo, City.objects.count()) == (False, 1)
    assert {hotline.number for hotline in Hotline.objects.all()} == {"12356", "12355"}


NEW_SCHOOL = {"name": "云州市新学校", "short_name": "新学校", "slug": "xin-xuexiao", "kind": "primary"}


def test_only_the_city_officer_enters_places_and_only_the_platform_founds_a_city(cast):
    plan = NewSchool(district_id=cast.home.school.district_id, **NEW_SCHOOL)
    for account in (cast.district_lead, cast.home.school_admin, cast.system_admin, cast.security_admin):
        by = cast.actor(account)
        with entered(by):
            for ask in (
                lambda by=by: add_school(plan=plan, by=by, now=timezone.now()),
                lambda by=by: add_district(city=cast.city, name="新区", slug="xin", by=by, now=timezone.now()),
                lambda by=by: add_station(city=cast.city, plan=NewStation("站"), by=by, now=timezone.now()),
                lambda by=by: found_city(name="x", by=by, now=timezone.now()),
            ):
                with pytest.raises(NotVisible):
                    ask()
    officer = cast.actor(cast.city_officer)
    with entered(officer):
        assert add_school(plan=plan, by=officer, now=timezone.now()).opened
        with pytest.raises(NotVisible):
            found_city(name="x", by=officer, now=timezone.now())


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"slug": "Xin"}, ["slug_shape"]),
        ({"slug": "qingshi"}, ["slug_taken"]),
        ({"name": "云州市青石中学"}, ["name_taken"]),
        ({"name": "云州市青石中学", "slug": "qingshi"}, ["slug_taken", "name_taken"]),
    ],
)
def test_a_school_whose_name_or_address_is_taken_is_refused(cast, changes, codes):
    officer = cast.actor(cast.city_officer)
    before = School.objects.count()
    plan = NewSchool(district_id=cast.home.school.district_id, **NEW_SCHOOL | changes)
    with entered(officer), pytest.raises(Unfit) as refused:
        add_school(plan=plan, by=officer, now=timezone.now())
    assert refused.value.codes == codes
    assert School.objects.count() == before


def test_a_day_that_is_not_as_its_weekday_says_is_registered_once_by_the_city(cast):
    officer, new_year = cast.actor(cast.city_officer), date(2027, 1, 1)
    with entered(officer):
        add_special_day(city=cast.city, day=new_year, works=False, title="元旦", by=officer, now=timezone.now())
        with pytest.raises(Unfit) as refused:
            add_special_day(city=cast.city, day=new_year, works=True, title="x", by=officer, now=timezone.now())
    assert refused.value.codes == ["day_exists"]
    teacher = cast.actor(cast.home.principal, cast.home)
    with entered(teacher), pytest.raises(NotVisible):
        add_special_day(city=cast.city, day=new_year, works=False, title="x", by=teacher, now=timezone.now())


def test_a_schools_own_day_goes_before_the_citys(cast):
    day = date(2027, 1, 4)
    SpecialDay.objects.create(city=cast.city, day=day, works=False, title="全市放假")
    SpecialDay.objects.create(city=cast.city, school=cast.home.school, day=day, works=True, title="本校上课")
    span = (day, day)
    assert organisations.special_days(cast.home.school.id, *span) == {day: True}
    assert organisations.special_days(cast.other.school.id, *span) == {day: False}
