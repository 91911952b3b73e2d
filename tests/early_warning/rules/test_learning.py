"""Weights can be read, gaps are a level of their own, groups stay whole."""

import numpy as np
import pytest

from qingyan.early_warning.rules.learning import UNKNOWN, Model, Sign, TooFew, learn
from qingyan.early_warning.rules.measuring import measured

SIGNS = (Sign("sleep", ("well", "badly")), Sign("friends", ("many", "few", "none")))


def made(pupils=3000, groups=20, seed=1):
    """Outcomes that follow the signs: each step of either doubles the odds or more."""
    rng = np.random.default_rng(seed)
    levels = np.stack([rng.integers(0, 2, pupils), rng.integers(0, 3, pupils)], axis=1)
    levels[rng.random((pupils, 2)) < 0.1] = UNKNOWN
    logit = -2 + 1.0 * np.clip(levels[:, 0], 0, None) + 0.8 * np.clip(levels[:, 1], 0, None)
    return levels, rng.random(pupils) < 1 / (1 + np.exp(-logit)), rng.integers(0, groups, pupils)


def test_the_weights_follow_what_was_put_in():
    levels, outcomes, groups = made(20_000)
    model, _ = learn(SIGNS, levels, outcomes, groups)
    sleep, friends = model.weights
    assert sleep[2] - sleep[1] == pytest.approx(1.0, abs=0.25)
    assert friends[1] < friends[2] < friends[3]


def test_what_is_not_known_is_neither_invented_nor_a_fault():
    levels, outcomes, groups = made()
    model, _ = learn(SIGNS, levels, outcomes, groups)
    blank, worst = model.probabilities(np.array([[UNKNOWN, UNKNOWN], [1, 2]]))
    assert 0 < blank < worst < 1


def test_reasons_name_the_signs_that_lift_most_and_never_a_gap():
    model = Model(SIGNS, ((0.0, -0.5, 0.5), (0.2, -1.0, 0.0, 1.5)), -2.0, 1.0, 0.0)
    assert [(sign.code, level) for sign, level, _ in model.reasons([1, 2])] == [("friends", 2), ("sleep", 1)]
    assert model.reasons([UNKNOWN, 0]) == []


def test_a_group_is_never_on_both_sides_of_a_split():
    """The control: outcomes that belong to the group alone are learned when the sides mix, not when they are kept."""
    rng = np.random.default_rng(4)
    signs = tuple(Sign(f"mark{number}", ("no", "yes")) for number in range(40))
    groups = np.repeat(np.arange(40), 50)
    levels = (groups[:, None] == np.arange(40)).astype(np.int64)
    outcomes = np.repeat(rng.random(40) < 0.5, 50)
    _, kept = learn(signs, levels, outcomes, groups)
    _, mixed = learn(signs, levels, outcomes, rng.integers(0, 40, len(groups)))
    assert measured(mixed, outcomes).auc > 0.95
    assert measured(kept, outcomes).auc < 0.7


def test_too_little_to_learn_from_is_said():
    levels, outcomes, groups = made(60)
    with pytest.raises(TooFew):
        learn(SIGNS, levels, outcomes, groups)
    levels, outcomes, _ = made()
    with pytest.raises(TooFew):
        learn(SIGNS, levels, outcomes, np.zeros(len(outcomes), dtype=np.int64))


@pytest.mark.parametrize("row", [[2, 0], [0, 3], [-2, 0]])
def test_a_level_that_no_sign_has_is_refused(row):
    model = Model(SIGNS, ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)), 0.0, 1.0, 0.0)
    with pytest.raises(ValueError, match="level"):
        model.probabilities(np.array([row]))
