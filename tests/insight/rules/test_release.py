"""What is told of a district: nothing small, nothing that sums give away, and a solver finds nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyan.insight.rules.cells import DISTRICT, SCHOOL, Key, Place
from qingyan.insight.rules.release import Told, released
from qingyan.insight.rules.safe import DISCLOSURE, Disclosure
from tests.insight.attack import attack
from tests.insight.city import district

CARELESS = Disclosure(smallest=5, step=1, complement=False, left=0)  # "hide < 5", exact totals
UNROUNDED = Disclosure(step=1, complement=False, left=0)
SOLO, BAND = 7, "junior"


def _key(category, sex="F", part="scl-90"):
    return Key(part, BAND, sex, category)


def _levels(reached, rest, sex="F"):
    return {_key("reached", sex): reached, _key("not_reached", sex): rest, _key("undecided", sex): 0}


def test_nothing_told_is_small_or_exact():
    release = released(district(1), district=9)
    told = [value for shown in release.shown.values() for value in shown.values() if value is not None]
    assert len(told) > 300
    assert all(value == 0 or (value >= 10 and value % 5 == 0) for value in told)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.deep) for seed in range(2, 7))])
def test_a_solver_finds_no_small_count_in_what_is_told(seed):
    found = attack(released(district(seed), district=9), 9)
    assert found.small > 100
    assert found.exact == []
    assert found.fewest >= 3


def test_the_same_solver_finds_some_when_less_than_5_is_hidden_and_nothing_else_is_done():
    cubes = district(1)
    found = attack(released(cubes, district=9, by=CARELESS), 9, CARELESS)
    assert len(found.exact) > found.small / 10


def test_the_same_solver_finds_some_when_nothing_is_rounded_and_nothing_hidden_beside():
    found = attack(released(district(1), district=9, by=UNROUNDED), 9, UNROUNDED)
    assert len(found.exact) > 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 400)), min_size=1, max_size=5))
def test_a_solver_finds_nothing_whatever_the_counts_are(schools):
    cubes = {
        number: {
            "levels": _levels(reached, rest),
            "validity": {_key("sound"): reached + rest, _key("doubtful"): 0, _key("unjudged"): 0},
        }
        for number, (reached, rest) in enumerate(schools, start=1)
    }
    found = attack(released(cubes, district=9), 9)
    assert found.exact == []


def test_of_a_group_under_30_nothing_about_risk_is_told():
    shown = released({1: {"levels": _levels(12, 17)}}, district=None).shown[Place(SCHOOL, 1), "levels"]
    assert set(shown.values()) == {None}
    shown = released({1: {"levels": _levels(12, 18)}}, district=None).shown[Place(SCHOOL, 1), "levels"]
    assert shown == {_key("reached"): 10, _key("not_reached"): 20, _key("undecided"): 0}


def test_a_small_count_takes_the_other_one_of_its_group_with_it():
    shown = released({1: {"levels": _levels(3, 97)}}, district=None).shown[Place(SCHOOL, 1), "levels"]
    assert shown[_key("reached")] is None
    assert shown[_key("not_reached")] is None


def test_a_district_counts_what_its_schools_hide():
    release = released({number: {"levels": _levels(5, 200)} for number in (1, 2, 3)}, district=9)
    assert release.shown[Place(SCHOOL, 1), "levels"][_key("reached")] is None
    assert release.shown[Place(DISTRICT, 9), "levels"][_key("reached")] == 15


def test_no_class_is_a_dimension():
    assert Key._fields == ("part", "band", "sex", "category")


def test_what_was_told_stays_until_eight_pupils_have_changed():
    before = {1: {"levels": _levels(20, 200)}}
    first = released(before, district=None)
    place = Place(SCHOOL, 1)
    told = {(place, "levels"): Told(first.shown[place, "levels"], first.behind[place, "levels"])}
    seven = released({1: {"levels": _levels(27, 200)}}, district=None, told=told)
    assert seven.shown == first.shown
    assert seven.behind[place, "levels"][_key("reached")] == 20, "so that seven and one more make eight"
    eight = released({1: {"levels": _levels(28, 200)}}, district=None, told=told)
    assert eight.shown[place, "levels"][_key("reached")] == 30


def test_only_the_group_that_changed_is_told_anew():
    before = {1: {"levels": _levels(20, 200) | _levels(20, 200, "M")}}
    first = released(before, district=None)
    place = Place(SCHOOL, 1)
    told = {(place, "levels"): Told(first.shown[place, "levels"], first.behind[place, "levels"])}
    after = {1: {"levels": _levels(23, 200) | _levels(40, 200, "M")}}
    shown = released(after, district=None, told=told).shown[place, "levels"]
    assert (shown[_key("reached")], shown[_key("reached", "M")]) == (20, 40)


def test_the_numbers_of_the_rule():
    assert (DISCLOSURE.smallest, DISCLOSURE.step, DISCLOSURE.fewest) == (8, 5, 30)
