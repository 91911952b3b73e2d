"""Scoring many sheets at once equals scoring them one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyan.instruments.rules.matrix import MISSING, score_many
from qingyan.instruments.rules.scores import InvalidAnswers
from qingyan.instruments.rules.scoring import score
from tests.instruments.rules.test_plan import PLANS

SCREEN = {True: 1, False: 0, None: -1}


@settings(max_examples=60)
@given(st.sampled_from(PLANS), st.integers(min_value=0, max_value=2**32 - 1), st.sampled_from([0.0, 0.03, 0.2, 0.6]))
def test_every_row_scores_as_the_reference_says(plan, seed, share):
    random = np.random.default_rng(seed)
    count = 12
    ceiling = random.integers(1, 6)
    drawn = [random.choice(plan.option_values(i)[:ceiling], count) for i in range(len(plan.items))]
    matrix = np.array(drawn, dtype=np.int8).T
    matrix[random.random(matrix.shape) < share] = MISSING
    ages = random.integers(8, 19, count)
    for rule in (None, *(screen.id for screen in plan.instrument.screens)):
        columns = score_many(plan, matrix, ages=ages, rule=rule)
        for row in range(count):
            answers = [None if value == MISSING else int(value) for value in matrix[row]]
            expected = score(plan.instrument, answers, age=int(ages[row]), rule=rule)
            assert_row(plan, columns, row, expected)


def assert_row(plan, columns, row, expected):
    for scale in plan.instrument.scales:
        value = expected.values[scale.id]
        found = columns[scale.id][row]
        assert np.isnan(found) if value is None else found == value
        if scale.bands:
            levels = [None, *(band.level for band in scale.bands)]
            assert levels[columns[f"{scale.id}.band"][row] + 1] == expected.bands.get(scale.id)
    assert columns["screen"][row] == SCREEN[expected.screen]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.code)
def test_no_sheets_give_empty_columns(plan):
    columns = score_many(plan, np.empty((0, len(plan.items)), dtype=np.int8))
    assert {len(column) for column in columns.values()} == {0}


def test_the_answers_given_are_left_as_they_were():
    plan = PLANS[0]
    matrix = np.asfortranarray(np.zeros((5, len(plan.items)), dtype=np.int8))
    score_many(plan, matrix)
    assert not matrix.any()


def test_without_ages_every_age_is_unknown():
    plan = next(plan for plan in PLANS if plan.code == "phq-a")
    sheet = np.array([[1] * 8 + [MISSING] + [0] * 2 + [MISSING] * 2], dtype=np.int8)
    assert score_many(plan, sheet)["total"][0] == 8
    assert score_many(plan, sheet, ages=np.array([15]))["total"][0] == 9


def test_a_value_that_is_no_option_is_refused_with_its_place():
    plan = next(plan for plan in PLANS if plan.code == "phq-9")
    matrix = np.zeros((3, 9), dtype=np.int8)
    matrix[2, 4] = 7
    with pytest.raises(InvalidAnswers, match="q5: 7 in row 2"):
        score_many(plan, matrix)


def test_a_matrix_of_the_wrong_width_is_refused():
    with pytest.raises(InvalidAnswers, match="needs 9 columns"):
        score_many(next(plan for plan in PLANS if plan.code == "phq-9"), np.zeros((2, 8), dtype=np.int8))
