"""The two faces of the predicates agree on every school and every person of the cast."""

import pytest

from qingyan.foundation.access.policy import allowed, permitted_rows
from qingyan.organisations.models import School
from qingyan.organisations.policy import EDIT_SCHOOL, SEE_CITY

ACCOUNTS = ("city_officer", "district_lead", "auditor", "system_admin", "hotline_volunteer")
AT_SCHOOL = ("counsellor", "homeroom_teacher", "school_admin", "principal", "invigilator")


@pytest.mark.parametrize("permission", [SEE_CITY, EDIT_SCHOOL], ids=lambda permission: permission.code)
def test_the_list_and_the_single_row_agree(cast, permission):
    actors = [cast.actor(getattr(cast, name)) for name in ACCOUNTS]
    actors += [cast.actor(getattr(cast.home, name), cast.home) for name in AT_SCHOOL]
    for actor in actors:
        listed = set(School.objects.filter(permitted_rows(actor, permission)).values_list("id", flat=True))
        single = {school.id for school in School.objects.all() if allowed(actor, permission, school)}
        assert listed == single, actor.name


def test_the_table_says_who_sees_which_schools(cast):
    def seen(actor):
        return set(School.objects.filter(permitted_rows(actor, SEE_CITY)).values_list("slug", flat=True))

    assert seen(cast.actor(cast.city_officer)) == {"qingshi", "baisha", "yunling"}
    assert seen(cast.actor(cast.district_lead)) == {"qingshi", "baisha"}
    assert seen(cast.actor(cast.home.principal, cast.home)) == set()
