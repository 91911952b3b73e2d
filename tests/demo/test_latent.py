"""The generator gives what published surveys found: level, spread, shares, correlations, and some careless sheets."""

import numpy as np
import pytest

from qingyan.demo.latent import (
    CARELESS_SHARES,
    SHAPES,
    Answers,
    Pattern,
    Sheet,
    answer,
    difficulty,
    distress,
    later,
    patterns,
)
from qingyan.demo.sittings import sheet_of
from qingyan.instruments import api as instruments

COUNT = 6_000


def _drawn(code: str, *, ways: np.ndarray | None = None, seed: int = 5) -> tuple[Answers, Sheet]:
    rng = np.random.default_rng(seed)
    general = distress(girls=rng.random(COUNT) < 0.5, rng=rng)
    sheet = sheet_of(instruments.plan(code))
    found = patterns(COUNT, rng) if ways is None else ways
    return answer(shape=SHAPES[code], sheet=sheet, general=general, ways=found, rng=rng), sheet


def _totals(code: str) -> np.ndarray:
    answers, sheet = _drawn(code)
    highest = np.array(sheet.options_of_item) - 1
    turned = np.array([item in sheet.reversed_items for item in sheet.items])
    scored = np.where(turned, highest - answers.choices, answers.choices)
    return scored[:, np.array(sheet.scale_of_item) > 0].sum(axis=1)


@pytest.fixture(scope="module")
def scl90() -> np.ndarray:
    answers, _ = _drawn("scl-90")
    return answers.choices + 1


def test_scl_90_totals_have_the_mean_and_spread_of_the_published_students(scl90):
    totals = scl90.sum(axis=1)  # published: 132.05 ± 42.10
    assert 129 <= totals.mean() <= 135
    assert 39 <= totals.std() <= 47


def test_scl_90_totals_above_the_usual_lines_are_as_frequent_as_published(scl90):
    totals = scl90.sum(axis=1)  # published: 19.8 % above 160, 7.5 % at 200 or more
    assert 0.175 <= (totals > 160).mean() <= 0.22
    assert 0.06 <= (totals >= 200).mean() <= 0.09


def test_scl_90_factors_correlate_by_a_common_distress_but_stay_apart(scl90):
    plan = instruments.plan("scl-90")
    factors = [scale for scale in plan.instrument.scales if 5 < len(scale.items) < 20]
    index = {item.id: place for place, item in enumerate(plan.items)}
    means = np.array([scl90[:, [index[item] for item in scale.items]].mean(axis=1) for scale in factors])
    pairs = np.corrcoef(means)[np.triu_indices(len(factors), 1)]
    assert len(factors) == 10
    assert pairs.min() >= 0.55
    assert pairs.max() <= 0.85
    assert 0.6 <= pairs.mean() <= 0.78


def test_all_identical_sheets_are_as_frequent_as_published(scl90):
    identical = (scl90 == scl90[:, :1]).all(axis=1)  # published: 5.28 %
    assert 0.035 <= identical.mean() <= 0.065


@pytest.mark.parametrize(
    ("code", "mean", "line", "share"),
    [
        ("ces-dc", (12, 16.5), 16, (0.3, 0.43)),
        ("phq-a", (4, 6), 10, (0.11, 0.2)),
        ("gad-7", (3, 4.8), 10, (0.06, 0.14)),
    ],
)
def test_the_other_instruments_are_in_the_usual_range_of_school_surveys(code, mean, line, share):
    totals = _totals(code)
    assert mean[0] <= totals.mean() <= mean[1]
    assert share[0] <= (totals >= line).mean() <= share[1]


@pytest.mark.parametrize(("code", "item"), [("scl-90", "q15"), ("phq-a", "q9")])
def test_thoughts_of_ending_life_are_rarer_than_the_other_items(code, item):
    answers, sheet = _drawn(code)
    raised = (answers.choices > 0).mean(axis=0)
    assert raised[sheet.items.index(item)] < np.median(raised) / 2
    assert 0.06 <= raised[sheet.items.index(item)] <= 0.14
    assert difficulty(sheet, SHAPES[code])[sheet.items.index(item)] > 0.5


def test_no_answer_is_outside_the_options_of_its_item():
    answers, sheet = _drawn("phq-a")
    assert set(sheet.options_of_item) == {2, 4}
    assert (answers.choices >= 0).all()
    assert (answers.choices < np.array(sheet.options_of_item)).all()


def test_girls_are_somewhat_more_burdened_and_the_city_is_standard():
    rng = np.random.default_rng(1)
    girls = np.arange(40_000) % 2 == 0
    general = distress(girls=girls, rng=rng)
    assert abs(general.mean()) < 0.02
    assert abs(general.std() - 1) < 0.02
    assert 0.2 < general[girls].mean() - general[~girls].mean() < 0.28


def test_distress_lasts_from_one_round_to_the_next():
    rng = np.random.default_rng(2)
    first = rng.standard_normal(20_000)
    assert 0.83 < np.corrcoef(first, later(first, rng))[0, 1] < 0.87


def test_the_careless_are_as_many_as_stated():
    drawn = patterns(100_000, np.random.default_rng(3))
    for kind, share in CARELESS_SHARES.items():
        assert abs((drawn == kind).mean() - share) < 0.003, kind
    assert 0.05 < sum(CARELESS_SHARES.values()) < 0.12


@pytest.mark.parametrize("kind", list(CARELESS_SHARES))
def test_careless_pupils_hurry(kind):
    careful, _ = _drawn("scl-90", ways=np.zeros(COUNT, dtype=np.int8))
    hasty, _ = _drawn("scl-90", ways=np.full(COUNT, kind, dtype=np.int8))
    assert np.median(hasty.millis[:, -40:]) < 1_200 < 2_000 < np.median(careful.millis[:, -40:])


def test_the_careless_patterns_look_as_their_names_say():
    def drawn(kind: Pattern) -> np.ndarray:
        return _drawn("scl-90", ways=np.full(COUNT, kind, dtype=np.int8))[0].choices

    assert (drawn(Pattern.STRAIGHT_LOWEST) == 0).all()
    straight = drawn(Pattern.STRAIGHT_OTHER)
    assert ((straight == np.median(straight, axis=1)[:, None]).mean(axis=1) > 0.85).all()
    random = drawn(Pattern.RANDOM)
    assert np.allclose(np.bincount(random.ravel(), minlength=5) / random.size, 0.2, atol=0.01)
    half = drawn(Pattern.RANDOM_SECOND_HALF)
    assert half[:, :45].mean() < 0.7 < 1.9 < half[:, 45:].mean()
    assert (np.abs(np.diff(drawn(Pattern.ZIGZAG), axis=1)) == 4).all()


def test_the_same_seed_gives_the_same_answers():
    first, second, other = _drawn("gad-7", seed=1)[0], _drawn("gad-7", seed=1)[0], _drawn("gad-7", seed=2)[0]
    assert np.array_equal(first.choices, second.choices)
    assert np.array_equal(first.millis, second.millis)
    assert not np.array_equal(first.choices, other.choices)
