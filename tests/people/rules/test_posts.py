"""Which posts can be: a place for each role, a class for a homeroom teacher only, three administrators apart."""

import pytest

from qingyan.foundation.access.roles import SIGHT_OF, Role, Sight
from qingyan.people.rules.posts import GRANTED_BY_SCHOOL, PLACES_OF, SEPARATED, post_fault, separation_fault


def test_every_role_of_staff_has_its_place_and_no_pupil_or_guardian_holds_a_post():
    assert set(Role) - set(PLACES_OF) == {Role.STUDENT, Role.GUARDIAN}
    assert post_fault(Role.STUDENT, "school", has_class=False) == "wrong_place"


@pytest.mark.parametrize(
    ("role", "place", "has_class", "fault"),
    [
        (Role.COUNSELLOR, "school", False, None),
        (Role.COUNSELLOR, "city", False, "wrong_place"),
        (Role.SECURITY_ADMIN, "school", False, "wrong_place"),
        (Role.DISTRICT_LEAD, "district", False, None),
        (Role.HOMEROOM_TEACHER, "school", False, "class_missing"),
        (Role.HOMEROOM_TEACHER, "school", True, None),
        (Role.PRINCIPAL, "school", True, "class_needless"),
    ],
)
def test_a_post_fits_its_role(role, place, has_class, fault):
    assert post_fault(role, place, has_class=has_class) == fault


@pytest.mark.parametrize("one", sorted(SEPARATED))
def test_an_administrator_of_the_platform_holds_nothing_else(one):
    assert separation_fault(one, []) is None
    assert separation_fault(one, [one]) is None
    for other in set(Role) - {one}:
        assert separation_fault(one, [other]) == "separate_powers"
        assert separation_fault(other, [one]) == "separate_powers"


def test_a_teacher_may_lead_a_grade_too():
    assert separation_fault(Role.GRADE_LEAD, [Role.HOMEROOM_TEACHER]) is None


def test_what_a_school_grants_never_opens_answers_results_alerts_files_or_the_roster():
    closed = {Sight.ANSWERS, Sight.RESULTS, Sight.ALERTS, Sight.FILE, Sight.CONTACTS, Sight.ROSTER, Sight.SLIPS}
    for role in GRANTED_BY_SCHOOL:
        assert not SIGHT_OF[role] & closed, role
