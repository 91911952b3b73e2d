"""Whether a change is more than noise: by the published figure and in the direction that the file asks, else unsaid."""

import pytest

from qingyan.alerts.rules.trend import Change, trend
from qingyan.instruments import api as instruments

PHQ_A = instruments.instrument("phq-a")


@pytest.mark.parametrize(
    ("before", "now", "change", "index"),
    [
        (8, 15, Change.WORSE, 1.96),
        (8, 14, Change.WITHIN_NOISE, 1.68),
        (8, 8, Change.WITHIN_NOISE, 0.0),
        (15, 8, Change.BETTER, -1.96),
        (15, 9, Change.WITHIN_NOISE, -1.68),
    ],
)
def test_seven_points_of_phq_a_are_a_change_and_six_are_noise(before, now, change, index):
    found = trend(PHQ_A, {"total": before}, {"total": now})
    assert (found.change, found.index, found.before, found.now) == (change, index, before, now)


def test_without_a_published_figure_nothing_is_judged_and_both_scores_are_told():
    found = trend(instruments.instrument("ces-dc"), {"total": 5}, {"total": 50})
    assert (found.change, found.index, found.before, found.now) == (Change.NOT_KNOWN, None, 5, 50)


def test_a_score_that_is_missing_on_one_side_gives_no_trend():
    assert trend(PHQ_A, {"total": None}, {"total": 9}) is None
    assert trend(PHQ_A, {}, {"total": 9}) is None


def test_where_less_is_worse_the_direction_turns():
    turned = PHQ_A.model_copy(
        update={
            "screens": tuple(
                screen.model_copy(
                    update={"conditions": tuple(one.model_copy(update={"op": "<"}) for one in screen.conditions)}
                )
                for screen in PHQ_A.screens
            )
        }
    )
    assert trend(turned, {"total": 15}, {"total": 5}).change is Change.WORSE
    assert trend(PHQ_A, {"total": 15}, {"total": 5}).change is Change.BETTER, "the control"
