"""A city that changed is noticed; one that did not is left in peace."""

import numpy as np
import pytest

from qingyan.early_warning.rules.drift import SHIFTED, WATCHED, shares, stability
from qingyan.early_warning.rules.learning import Sign

SIGNS = (Sign("sleep", ("well", "badly")),)


def levels(badly: float, pupils: int = 5000, seed: int = 1):
    return (np.random.default_rng(seed).random((pupils, 1)) < badly).astype(np.int64)


def test_shares_count_the_unknown_first():
    (found,) = shares(SIGNS, np.array([[-1], [0], [0], [1]]))
    assert list(found) == [0.25, 0.5, 0.25]
    with pytest.raises(ValueError, match="no pupils"):
        shares(SIGNS, np.zeros((0, 1), dtype=np.int64))


def test_the_same_city_is_stable_and_a_changed_one_is_not():
    then, same, other = (shares(SIGNS, levels(badly, seed=seed))[0] for badly, seed in ((0.2, 1), (0.2, 2), (0.5, 3)))
    assert stability(then, then) == 0
    assert stability(then, same) < WATCHED / 10
    assert stability(then, other) > SHIFTED


def test_the_index_equals_the_published_formula():
    then, now = np.array([0.0, 0.6, 0.4]), np.array([0.0, 0.5, 0.5])
    expected = (0.5 - 0.6) * np.log(0.5 / 0.6) + (0.5 - 0.4) * np.log(0.5 / 0.4)
    assert stability(then, now) == pytest.approx(expected, abs=1e-12)


def test_a_level_that_disappears_gives_a_finite_figure():
    assert np.isfinite(stability(np.array([0.0, 0.5, 0.5]), np.array([0.0, 1.0, 0.0])))
