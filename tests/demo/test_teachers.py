"""81 psychology teachers, as the reference city has them."""

import pytest

from qingyan.demo.cast import COLLEAGUES, COUNSELLOR, OTHER_COUNSELLOR
from qingyan.demo.places import SCHOOLS, SMALL
from qingyan.demo.teachers import StaffPlan, TeacherPlan, staff_plan
from qingyan.foundation.access.roles import Role


@pytest.fixture(scope="module")
def plan() -> StaffPlan:
    return staff_plan(SCHOOLS, seed=20260901)


def test_there_are_exactly_81_psychology_teachers_53_full_time_and_28_part_time(plan):
    assert len(plan.teachers) == 81
    assert sum(teacher.full_time for teacher in plan.teachers) == 53


@pytest.mark.parametrize("seed", [1, 2, 20260901])
def test_every_school_has_one_with_an_intermediate_title_or_a_certificate(seed):
    qualified = {teacher.school for teacher in staff_plan(SCHOOLS, seed=seed).teachers if teacher.is_qualified}
    assert qualified == {school.slug for school in SCHOOLS}


def test_a_junior_title_alone_does_not_qualify():
    assert not TeacherPlan(COUNSELLOR, "a", True, "二级教师", "").is_qualified
    assert TeacherPlan(COUNSELLOR, "a", True, "一级教师", "").is_qualified
    assert TeacherPlan(COUNSELLOR, "a", True, "", "心理健康教育教师资格证书").is_qualified


def test_some_teachers_are_not_qualified_so_that_the_register_shows_a_difference(plan):
    assert any(not teacher.is_qualified for teacher in plan.teachers)


def test_the_cast_is_among_them_and_every_login_is_given_once(plan):
    logins = [one.login for one in plan.colleagues]
    assert len(logins) == len(set(logins))
    assert {one.login for one in COLLEAGUES} <= set(logins)
    assert {COUNSELLOR, OTHER_COUNSELLOR} <= {teacher.colleague for teacher in plan.teachers}


def test_every_class_has_a_homeroom_teacher_and_every_school_an_administrator_and_a_principal(plan):
    posts = [post for one in plan.colleagues for post in one.posts]
    classes = [(post.place, post.class_) for post in posts if post.role is Role.HOMEROOM_TEACHER]
    expected = {
        (school.slug, (grade, number))
        for school in SCHOOLS
        for grade in school.build.grades
        for number in range(1, school.build.classes + 1)
    }
    assert len(classes) == len(set(classes))
    assert set(classes) == expected
    for role in (Role.SCHOOL_ADMIN, Role.PRINCIPAL):
        assert sorted(post.place for post in posts if post.role is role) == sorted(school.slug for school in SCHOOLS)


def test_the_small_city_names_no_school_that_it_does_not_have():
    chosen = [school for school in SCHOOLS if school.slug in SMALL]
    places = {post.place for one in staff_plan(chosen, seed=1).colleagues for post in one.posts}
    assert places <= {*SMALL, "city", "haian", "shannan"}
