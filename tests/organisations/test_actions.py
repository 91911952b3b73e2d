"""Changes to places and dates: permitted, checked, recorded; a refusal changes nothing."""

from datetime import date

import pytest
from django.utils import timezone

from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.organisations.actions import WORDS, Unfit, add_school_year, add_term, edit_school
from qingyan.organisations.contracts import SchoolPage
from qingyan.organisations.models import School, SchoolYear
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
