"""Who goes to school in the demo."""

from datetime import date

import pytest

from qingyan.demo.cast import MOTHER, PUPILS, RARE_NAMES, STORY_SCHOOL, STUDENT
from qingyan.demo.places import SCHOOLS
from qingyan.demo.roll import ClassPlan, roll

YEAR = 2026
STORY = next(school for school in SCHOOLS if school.slug == STORY_SCHOOL)


@pytest.fixture(scope="module")
def city() -> list[ClassPlan]:
    return [one for school in SCHOOLS for one in roll(school, year=YEAR, seed=20260901)]


def test_the_city_has_about_four_thousand_pupils(city):
    assert 3_800 <= sum(len(one.pupils) for one in city) <= 4_400


def test_class_codes_and_ids_are_given_once(city):
    codes = [one.code for one in city]
    ids = [pupil.id for one in city for pupil in one.pupils]
    guardians = [guardian.id for one in city for pupil in one.pupils for guardian in pupil.guardians]
    for given in (codes, ids, guardians):
        assert len(given) == len(set(given))


def test_birthdays_fit_the_grade(city):
    begins = date(YEAR, 9, 1)
    for one in city:
        assert {pupil.age_on(begins) for pupil in one.pupils} <= {one.grade + 5, one.grade + 6}, one.grade
        assert all(pupil.age_on(date(YEAR, 8, 31)) == one.grade + 5 for pupil in one.pupils)


def test_the_same_seed_gives_the_same_pupils_and_another_seed_gives_others():
    assert roll(STORY, year=YEAR, seed=1) == roll(STORY, year=YEAR, seed=1)
    assert _names(roll(STORY, year=YEAR, seed=1)) != _names(roll(STORY, year=YEAR, seed=2))


def test_the_cast_sits_in_its_classes_whatever_the_seed():
    for seed in (1, 2):
        everybody = {
            pupil.id: (school.slug, (one.grade, one.number), pupil)
            for school in SCHOOLS
            for one in roll(school, year=YEAR, seed=seed, small=True)
            for pupil in one.pupils
        }
        assert [everybody[pupil.id][:2] for pupil in PUPILS] == [(pupil.school, pupil.class_) for pupil in PUPILS]
        assert everybody[STUDENT.id][2].guardians[0].name == MOTHER.name


def test_rare_characters_outside_the_basic_plane_are_on_the_roll(city):
    text = "".join(pupil.name for one in city for pupil in one.pupils)
    assert {"𬱖", "㛃"} <= set(text)
    assert {pupil.name for pupil in RARE_NAMES} == {"韦𬱖", "欧阳㛃"}


def test_names_vary_and_several_peoples_are_there(city):
    pupils = [pupil for one in city for pupil in one.pupils]
    assert len({pupil.name for pupil in pupils}) > 0.75 * len(pupils)
    assert len({pupil.ethnicity for pupil in pupils}) >= 5


def test_every_pupil_has_one_or_two_guardians(city):
    assert {len(pupil.guardians) for one in city for pupil in one.pupils} == {1, 2}


def _names(classes: tuple[ClassPlan, ...]) -> list[str]:
    return [pupil.name for one in classes for pupil in one.pupils]
