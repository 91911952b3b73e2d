"""Scores are values: they cannot be changed after the fact."""

from dataclasses import FrozenInstanceError

import pytest

from qingyan.instruments import api


def test_scores_cannot_be_changed():
    scores = api.plan("phq-9").score([0] * 9)
    with pytest.raises(FrozenInstanceError):
        scores.screen = True


def test_equal_sheets_have_equal_scores():
    plan = api.plan("phq-9")
    assert plan.score([1] * 9) == plan.score((1,) * 9)
    assert plan.score([1] * 9) != plan.score([2] * 9)
