"""A model may be offered only when every condition is met; a model of shuffled outcomes never is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from qingyan.early_warning.rules.readiness import CODES, Trial, conditions
from qingyan.early_warning.rules.trial import measured
from tests.early_warning.rules.trying import PACK, START, taught, tried

NOW = START + timedelta(days=95)
GOOD = Trial(START, 90, measured(tried(taught(1), 2), PACK), NOW, NOW)


def missing(trial, now=NOW):
    return {one.code for one in conditions(PACK, trial, now=now) if not one.met}


def test_all_is_met():
    assert missing(GOOD) == set()
    assert tuple(one.code for one in conditions(PACK, GOOD, now=NOW)) == CODES


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"since": NOW - timedelta(days=89, hours=23)}, "days"),
        ({"nights": 79}, "nights"),
        ({"looked_at": None}, "groups"),
        ({"looked_at": NOW - timedelta(days=15)}, "groups"),
    ],
)
def test_each_thing_that_is_missing_is_told(change, code):
    assert missing(replace(GOOD, **change)) == {code}


def test_ninety_days_are_enough():
    assert missing(replace(GOOD, since=NOW - timedelta(days=90))) == set()


def test_old_figures_meet_nothing():
    assert {"outcomes", "skill", "order"} <= missing(replace(GOOD, figures_at=NOW - timedelta(days=3)))
    assert {"outcomes", "skill", "order"} <= missing(replace(GOOD, figures=None, figures_at=None))


@pytest.mark.parametrize(("outcomes", "found"), [(199, 80), (400, 49), (400, 351)])
def test_too_few_outcomes_of_either_kind(outcomes, found):
    figures = {**GOOD.figures, "outcomes": outcomes, "found": found}
    assert missing(replace(GOOD, figures=figures)) == {"outcomes"}


@pytest.mark.parametrize(
    "gain",
    [
        {"capacity": [-0.01, -0.02, 0.1], "tenth": [0.1, 0.0, 0.2]},
        {"capacity": [0.1, 0.0, 0.2], "tenth": [0.02, -0.08, 0.1]},
        {"capacity": None, "tenth": [0.1, 0.0, 0.2]},
    ],
)
def test_worse_than_the_plain_order_in_one_measure_is_worse(gain):
    assert missing(replace(GOOD, figures={**GOOD.figures, "gain": gain})) == {"order"}


@pytest.mark.parametrize("seed", range(6))
def test_the_control_a_model_of_shuffled_outcomes_is_never_ready(seed):
    figures = measured(tried(taught(seed, shuffled=True), seed + 100), PACK)
    assert "skill" in missing(replace(GOOD, figures=figures))
