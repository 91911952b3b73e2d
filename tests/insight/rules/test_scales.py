"""What is told of scales: many sheets of several schools, two decimals, no small count on either side."""

import numpy as np
import pytest

from qingyan.insight.rules.reliability import Moments, analyse
from qingyan.insight.rules.scales import MISSING, Scale, above, stays, sums_of, told_scales

ITEMS = 5
WHOLE = Scale("total", tuple(range(ITEMS)))


def sheets(count, seed, *, left=0):
    rng = np.random.default_rng(seed)
    trait = rng.normal(size=(count, 1))
    answers = np.clip(np.round(1.5 + trait + rng.normal(size=(count, ITEMS))), 0, 3).astype(np.int8)
    answers[:left, 2] = MISSING
    return answers


def sums(answers, turned=()):
    return sums_of(answers, turned, [(0, 3)] * ITEMS)


def test_sums_of_schools_give_what_all_sheets_together_give():
    one, two = sheets(80, 1, left=3), sheets(70, 2)
    told = told_scales([sums(one), sums(two)], [WHOLE])[0].told
    together = np.vstack([one, two])
    done = analyse(Moments.of(together[(together != MISSING).all(axis=1)]))
    assert (told["alpha"], told["omega"]) == (round(done.coherence.alpha, 2), round(done.omega, 2))
    assert [item["rest"] for item in told["items"]] == [round(item.rest, 2) for item in done.items]


def test_reversed_items_are_turned_and_missing_ones_stay_missing():
    answers = sheets(60, 3, left=10)
    turned = answers.copy()
    turned[:, 2] = np.where(answers[:, 2] == MISSING, MISSING, 3 - answers[:, 2])
    assert np.array_equal(sums(turned, [(2, 3)]).moments.products, sums(answers).moments.products)
    assert sums(turned, [(2, 3)]).missing[2] == 10
    assert sums(answers).sheets == 60
    assert sums(answers).moments.n == 50


@pytest.mark.parametrize(("counts", "expected"), [((99,), 0), ((200,), 0), ((50, 49), 0), ((50, 50), 1)])
def test_nothing_is_told_of_few_sheets_or_of_one_school(counts, expected):
    schools = [sums(sheets(count, seed)) for seed, count in enumerate(counts)]
    assert len(told_scales(schools, [WHOLE])) == expected


def test_a_school_with_a_handful_of_sheets_keeps_no_sums():
    assert sums(sheets(7, 1)) is None
    assert sums(sheets(8, 1)) is not None


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, None), (7, None), (8, 10), (102, 100), (112, 110), (113, None), (120, None)]
)
def test_counts_are_told_rounded_and_small_ones_on_neither_side(count, expected):
    answers = np.ones((120, ITEMS), dtype=np.int8) + sheets(120, 4) % 2
    answers[:, 0] = 1 + sheets(120, 5)[:, 1] % 2
    answers[:count, 0] = 0
    made = [sums(answers[:60]), sums(answers[60:])]
    found = told_scales(made, [WHOLE])
    if count == 120:
        assert found == [], "everybody answered alike"
    else:
        assert found[0].told["items"][0]["lowest"] == expected


def test_no_mean_of_an_item_is_told():
    told = told_scales([sums(sheets(80, 1)), sums(sheets(70, 2))], [WHOLE])[0].told
    assert set(told) == {"alpha", "low", "high", "standardised", "omega", "together", "items"}
    assert set(told["items"][0]) == {"position", "rest", "without", "missing", "lowest", "highest"}


def test_the_city_counts_what_its_districts_tell_and_hides_what_one_hides():
    schools = [sums(sheets(80, seed)) for seed in range(4)]
    east, west = told_scales(schools[:2], [WHOLE])[0], told_scales(schools[2:], [WHOLE])[0]
    whole = told_scales(schools, [WHOLE])[0]
    city = above(whole, [east, west])
    for place in range(ITEMS):
        parts = [one.told["items"][place]["lowest"] for one in (east, west)]
        assert city.told["items"][place]["lowest"] == (None if None in parts else sum(parts))
    assert city.told["alpha"] == whole.told["alpha"]
    assert {item["lowest"] for item in above(whole, [east, None]).told["items"]} == {None}


def test_a_scale_of_two_items_and_one_that_is_the_same_twice_are_left_out():
    made = [sums(sheets(80, 1)), sums(sheets(70, 2))]
    assert told_scales(made, [Scale("pair", (0, 1))]) == []
    doubled = np.hstack([sheets(150, 1)[:, :2], sheets(150, 1)[:, :1], sheets(150, 1)[:, 2:4]])
    halves = [sums(doubled[:75]), sums(doubled[75:])]
    assert told_scales(halves, [Scale("same", (0, 1, 2))]) == []


def test_what_was_told_stays_while_ten_sheets_come_or_go():
    assert stays(200, 210)
    assert not stays(200, 215)
