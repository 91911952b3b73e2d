"""The sums of the simulator, against figures worked by hand."""

import pytest

from qingyan.screening.rules.capacity import (
    Interval,
    Sharpness,
    full_posts,
    load,
    stage_of,
    stage_with_share,
    then,
    wilson,
)


def one(value: float) -> Interval:
    return Interval(value, value)


def test_sixty_thousand_pupils_and_81_teachers():
    """15,000 interviews, 185 each, 40 minutes each: 123 hours; at 8 % 59 each, 39 hours (rounded down)."""
    found = load(pupils=60_000, positive=one(0.25), staff=81, minutes=40)
    assert found.interviews == one(15_000)
    assert found.each is not None
    assert found.hours is not None
    assert (int(found.each.high), int(found.hours.high)) == (185, 123)
    second = load(pupils=60_000, positive=one(0.08), staff=81, minutes=40)
    assert second.each is not None
    assert second.hours is not None
    assert (int(second.each.high), int(second.hours.high)) == (59, 39)


def test_nobody_to_talk_means_no_hours_each():
    found = load(pupils=100, positive=one(0.1), staff=0, minutes=40)
    assert (found.each, found.hours) == (None, None)


def test_a_half_post_counts_half():
    assert full_posts(full_time=3, part_time=5) == pytest.approx(5.5)


def test_one_stage_by_hand():
    """1,000 pupils, 100 cases, 90 % found; of 900 others 20 % flagged: 90 + 180 = 270, a third true."""
    found = stage_of(Sharpness(one(0.9), one(0.8)), one(0.1))
    assert found.ppv is not None
    assert found.missed is not None
    assert found.positive.low == pytest.approx(0.27)
    assert found.ppv.high == pytest.approx(90 / 270)
    assert found.missed.low == pytest.approx(0.1)


def test_two_stages_by_hand():
    """Of the 90 true ones 72 stay, of the 180 others 18: 90 interviews, 80 % true, 28 of 100 cases missed."""
    both = then(stage_of(Sharpness(one(0.9), one(0.8)), one(0.1)), Sharpness(one(0.8), one(0.9)))
    assert both is not None
    assert both.ppv is not None
    assert both.missed is not None
    assert both.positive.low == pytest.approx(0.09)
    assert both.ppv.low == pytest.approx(0.8)
    assert both.missed.low == pytest.approx(0.28)


def test_ranges_stay_ordered():
    found = stage_of(Sharpness(Interval(0.94, 0.97), Interval(0.74, 0.79)), Interval(0.05, 0.1))
    both = then(found, Sharpness(Interval(0.8, 0.9), Interval(0.7, 0.9)))
    assert both is not None
    for part in (found.positive, found.ppv, found.missed, both.positive, both.ppv, both.missed):
        assert part is not None
        assert 0 <= part.low <= part.high <= 1


def test_without_accuracy_a_second_stage_says_nothing():
    assert then(stage_with_share(one(0.25)), Sharpness(one(0.9), one(0.8))) is None


def test_wilson_of_a_known_share():
    """20 of 100: 13.3 % to 28.9 %."""
    found = wilson(20, 100)
    assert (round(found.low, 3), round(found.high, 3)) == (0.133, 0.289)
    with pytest.raises(ValueError, match="no basis"):
        wilson(1, 29)
