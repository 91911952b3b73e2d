"""A hint of a model: only signs that are there bring forward, with their words, in whole days and within bounds."""

import pytest

from qingyan.early_warning.rules.learning import UNKNOWN, Model, Sign
from qingyan.early_warning.rules.lifting import hours, lift, lifts
from qingyan.early_warning.rules.points import MOST_HOURS

SIGNS = (Sign("asked", ("none", "yes")), Sign("seen", ("none", "some", "often")))


def model(slope=1.0, weights=((0.9, -0.4, 1.0), (0.1, 0.0, 0.6, -0.5))):
    return Model(SIGNS, weights, -2.0, slope, 0.0)


def test_the_signs_that_are_there_are_told_the_strongest_first():
    found = lifts(model(), {"asked": 1, "seen": 1})
    assert [(sign.code, level, round(weight, 2)) for sign, level, weight in found] == [
        ("asked", 1, 1.4),
        ("seen", 1, 0.6),
    ]
    assert lift(model(), {"asked": 1, "seen": 1}) == pytest.approx(2.0)


def test_what_is_absent_or_not_known_moves_nobody_though_the_model_weighs_it():
    assert (
        hours(model(), {"asked": UNKNOWN, "seen": UNKNOWN}) == hours(model(), {}) == hours(model(), {"asked": 0}) == 0
    )


def test_a_level_that_weighs_less_than_none_moves_nobody_back():
    assert lifts(model(), {"seen": 2}) == []
    assert hours(model(), {"asked": 1, "seen": 2}) == hours(model(), {"asked": 1})


def test_hours_are_whole_days_within_bounds_and_never_fall_with_more_signs():
    few, more = hours(model(), {"asked": 1}), hours(model(), {"asked": 1, "seen": 1})
    assert 0 < few <= more <= MOST_HOURS
    assert few % 24 == more % 24 == 0
    sure = model(weights=((0.0, 0.0, 20.0), (0.0, 0.0, 0.0, 0.0)))
    assert hours(sure, {"asked": 1}) <= MOST_HOURS


@pytest.mark.parametrize("slope", [0.0, -0.7])
def test_a_model_whose_order_was_none_on_unseen_schools_moves_nobody(slope):
    assert hours(model(slope=slope), {"asked": 1, "seen": 1}) == 0


def test_a_model_that_knows_little_moves_little():
    assert hours(model(slope=0.05), {"asked": 1}) == 0


def test_a_level_that_the_sign_does_not_have_is_refused():
    with pytest.raises(ValueError, match="has no level"):
        lifts(model(), {"asked": 2})
