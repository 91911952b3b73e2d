"""Sheets as a matrix: groups of items, turned items, gaps, the order shown; learned curves; patterns; features."""

import numpy as np
import pytest

from qingyan.screening.rules.careless.detector import FEWEST_SHEETS, weigh
from qingyan.screening.rules.careless.expectation import learn, levels_of
from qingyan.screening.rules.careless.features import NAMES, features, longest_run
from qingyan.screening.rules.careless.layout import filled, layout_of, presented
from qingyan.screening.rules.careless.patterns import Pattern, made


def test_every_item_stands_in_exactly_one_group():
    layout = layout_of([(1, 2, 3, 4, 5)] * 8, [2], [range(8), [0, 1, 2], [2, 3, 4, 5]])
    assert sorted(int(place) for group in layout.scales for place in group) == list(range(8))
    assert layout.choices == 5
    assert layout.turned.tolist() == [place == 2 for place in range(8)]


def test_turned_items_are_turned_for_the_level_only():
    layout = layout_of([(0, 1, 2, 3)] * 3, [1], [])
    assert layout.aligned(np.array([[0, 0, 3]], dtype=np.int16)).tolist() == [[0, 3, 3]]


def test_a_gap_becomes_the_pupils_own_middle_of_the_scale():
    layout = layout_of([(0, 1, 2, 3)] * 6, [], [[0, 1, 2], [3, 4, 5]])
    assert filled(np.array([[3, -1, 3, 0, 0, -1]], dtype=np.int16), layout).tolist() == [[3, 3, 3, 0, 0, 0]]
    assert filled(np.full((1, 6), -1, dtype=np.int16), layout).tolist() == [[0] * 6]


def test_the_order_shown_changes_runs_and_nothing_else():
    sheet = np.array([[0, 3, 0, 3]], dtype=np.int16)
    assert longest_run(presented(sheet, None)).tolist() == [1]
    assert longest_run(presented(sheet, np.array([[0, 2, 1, 3]]))).tolist() == [2]


def test_the_level_of_an_item_does_not_see_the_item_itself():
    layout = layout_of([(0, 1, 2, 3)] * 6, [], [[0, 1, 2], [3, 4, 5]])
    low = np.zeros((1, 6), dtype=np.int16)
    one = low.copy()
    one[0, 0] = 3
    assert levels_of(one, layout)[0, 0] == levels_of(low, layout)[0, 0] == 0
    assert levels_of(one, layout)[0, 1] == pytest.approx(0.6 * 0.5)


def test_learned_chances_are_chances_and_follow_the_level():
    rng = np.random.default_rng(1)
    level = rng.random((800, 1))
    answers = (rng.random((800, 8)) < level).astype(np.int16)
    layout = layout_of([(0, 1)] * 8, [], [])
    expected = learn(answers, levels_of(answers, layout), 2)
    assert expected.table.sum(2) == pytest.approx(np.ones((8, 12)))
    assert (expected.table[:, -2, 1] > expected.table[:, 1, 1] + 0.3).all()


def test_made_sheets_show_their_pattern():
    careful = np.tile(np.array([0, 1, 2, 3], dtype=np.int16), (50, 10))
    sheets, kinds = made(careful, 60, 4, np.random.default_rng(1))
    line = longest_run(sheets[kinds == Pattern.LINE])
    swing = sheets[kinds == Pattern.TO_AND_FRO]
    assert sheets.shape == (240, 40)
    assert (line == 40).any()
    assert (swing[:, 2:] == swing[:, :-2]).mean() > 0.85
    assert set(kinds.tolist()) == {1, 2, 3, 4}


def test_features_have_a_column_for_every_name_and_no_holes():
    rng = np.random.default_rng(1)
    answers = rng.integers(0, 4, (60, 24)).astype(np.int16)
    answers[0] = 0
    layout = layout_of([(0, 1, 2, 3)] * 24, [], [range(12), range(12, 24)])
    found = features(answers, layout, learn(answers, levels_of(answers, layout), 4), answers)
    assert found.shape == (60, len(NAMES))
    assert np.isfinite(found).all()


def test_too_few_sheets_are_refused():
    layout = layout_of([(0, 1)] * 24, [], [])
    with pytest.raises(ValueError, match="at least"):
        weigh(np.zeros((FEWEST_SHEETS - 1, 24), dtype=np.int16), layout)
