"""The order is measured on pupils whom the model never saw, in groups it never saw."""

import numpy as np
import pytest

from qingyan.early_warning.rules.learning import learn
from qingyan.early_warning.rules.measuring import FEWEST, by_subgroup, first_of, measured
from tests.early_warning.rules import yrbs


def test_a_perfect_order_and_a_reversed_one():
    outcomes = np.array([False] * 90 + [True] * 10)
    sure = np.where(outcomes, 0.9, 0.1)
    assert measured(sure, outcomes).auc == 1
    assert measured(sure, outcomes).sensitivity == 1
    assert measured(1 - sure, outcomes).auc == 0
    assert measured(1 - sure, outcomes).ppv == 0


def test_the_first_tenth_counts_those_who_are_seen():
    outcomes = np.array([True, False, True, False] * 5)
    said = np.linspace(1, 0, 20)
    assert list(first_of(said, 0.1)) == [0, 1]
    found = measured(said, outcomes)
    assert (found.ppv, found.sensitivity) == (0.5, 0.1)


def test_bands_hold_everybody_once_in_order():
    rng = np.random.default_rng(1)
    said = rng.random(995)
    bands = measured(said, rng.random(995) < said).bands
    assert sum(band.pupils for band in bands) == 995
    assert [band.said for band in bands] == sorted(band.said for band in bands)
    assert max(abs(band.said - band.found) for band in bands) < 0.15


def test_calibration_tells_probabilities_that_are_twice_too_sure():
    rng = np.random.default_rng(2)
    logits = rng.normal(0, 1, 20_000)
    outcomes = rng.random(20_000) < 1 / (1 + np.exp(-logits))
    assert measured(1 / (1 + np.exp(-logits)), outcomes).slope == pytest.approx(1, abs=0.06)
    assert measured(1 / (1 + np.exp(-2 * logits)), outcomes).slope == pytest.approx(0.5, abs=0.04)


def test_one_kind_of_outcome_cannot_be_measured():
    with pytest.raises(ValueError, match="both kinds"):
        measured(np.array([0.1, 0.2]), np.array([False, False]))


def test_a_small_group_gets_no_figures():
    said, outcomes = np.linspace(0, 1, 400), np.arange(400) % 3 == 0
    small = np.arange(400) < FEWEST - 1
    found = by_subgroup(said, outcomes, {"small": small, "rest": ~small})
    assert found["small"] is None
    assert found["rest"] is not None


@pytest.mark.parametrize(
    ("label", "sadness", "auc", "auprc"),
    [
        ("considered", False, 0.79, 0.50),
        ("considered", True, 0.85, 0.58),
        ("attempted", False, 0.80, 0.38),
        ("attempted", True, 0.83, 0.40),
    ],
)
def test_on_real_pupils_the_order_is_as_good_as_the_published_baseline(data_folder, label, sadness, auc, auprc):
    """instruments.md 3 gives .806/.859 and .797/.811 for a logistic model that also used race and body weight."""
    survey = yrbs.survey(data_folder)
    known, outcomes = getattr(survey, label)
    signs, levels = (survey.signs, survey.levels) if sadness else survey.without(yrbs.SADNESS)
    _, unseen = learn(signs, levels[known], outcomes, survey.groups[known])
    found = measured(unseen, outcomes)
    assert found.auc > auc
    assert found.auprc > auprc
    assert found.slope == pytest.approx(1, abs=0.01)
    assert max(abs(band.said - band.found) for band in found.bands) < 0.05
    girls = by_subgroup(unseen, outcomes, {"girls": survey.girls[known], "boys": ~survey.girls[known]})
    assert all(one is not None and one.auc > auc - 0.06 for one in girls.values())


def test_the_control_shuffled_outcomes_are_not_predicted(data_folder):
    survey = yrbs.survey(data_folder)
    known, outcomes = survey.attempted
    shuffled = np.random.default_rng(3).permutation(outcomes)
    _, unseen = learn(survey.signs, survey.levels[known], shuffled, survey.groups[known])
    assert measured(unseen, shuffled).auc == pytest.approx(0.5, abs=0.03)
