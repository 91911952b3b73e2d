"""The verdict on answering quality: on real answers with careless rows put in, and on small tables by hand."""

import numpy as np
import pytest

from qingyan.screening.rules.careless.families import Sign
from qingyan.screening.rules.careless.layout import layout_of
from qingyan.screening.rules.careless.signs import Limits, Sheets, judge
from tests.screening.rules.careless.bad_sheets import PATTERNS, auc, inject, real_answers

REAL = 5000


def _judged(sheets, layout):
    return judge(Sheets(sheets, layout))


def _false_flags(doubtful, careless, sheets):
    total = sheets.sum(1)
    top = total >= np.quantile(total, 0.9)
    return doubtful[~careless].mean(), doubtful[~careless & top].mean(), doubtful[~careless & ~top].mean()


@pytest.mark.deep
@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_pattern_is_told_apart_in_five_thousand_real_sheets(pattern, seed, record_property):
    answers, layout = real_answers()
    assert len(answers) == REAL
    sheets, careless = inject(answers, pattern, seed=seed)
    verdict = _judged(sheets, layout)
    every, top, rest = _false_flags(verdict.doubtful, careless, sheets)
    found = auc(verdict.weight, careless)
    told = (
        f"{pattern}: AUC {found:.3f}, found {verdict.doubtful[careless].mean():.2f}, wrong {every:.3f}, top {top:.3f}"
    )
    record_property("answering quality", told)
    assert found >= 0.95
    assert every <= 0.05
    assert top <= rest


@pytest.mark.parametrize("pattern", ["second half random", "straight line, 10 % noise"])
def test_the_hardest_patterns_are_told_apart_in_fewer_sheets(pattern):
    answers, layout = real_answers()
    sheets, careless = inject(answers[:1500], pattern)
    verdict = _judged(sheets, layout)
    every, top, rest = _false_flags(verdict.doubtful, careless, sheets)
    assert auc(verdict.weight, careless) >= 0.93
    assert every <= 0.05
    assert top <= rest


def test_untouched_real_sheets_are_rarely_doubted():
    answers, layout = real_answers()
    verdict = _judged(answers[:1500], layout)
    assert verdict.doubtful.mean() <= 0.05


def test_the_control_a_single_old_index_does_not_tell_all_patterns_apart():
    answers, _ = real_answers()
    spread = {}
    for pattern in PATTERNS:
        sheets, careless = inject(answers[:1500], pattern)
        spread[pattern] = auc(-sheets.std(1), careless)
    assert spread["straight line"] > 0.95
    assert spread["uniform random"] < 0.5


def test_a_doubt_always_has_two_signs_and_the_same_sheets_give_the_same_verdict():
    answers, layout = real_answers()
    sheets, _ = inject(answers[:600], "uniform random")
    first, again = _judged(sheets, layout), _judged(sheets, layout)
    assert all(len(signs) >= 2 for signs, doubt in zip(first.signs, first.doubtful, strict=True) if doubt)
    assert np.array_equal(first.doubtful, again.doubtful)
    assert np.array_equal(first.weight, again.weight)


def _few(count=40, items=24):
    rng = np.random.default_rng(3)
    return rng.integers(0, 4, (count, items)).astype(np.int16)


def test_few_sheets_are_judged_by_plain_signs_only():
    layout = layout_of([(0, 1, 2, 3)] * 24, [3, 7], [range(12), range(12, 24)])
    sheets = _few()
    sheets[0] = 2
    quick = np.zeros(40)
    quick[:2] = 0.8
    verdict = judge(Sheets(sheets, layout, quick=quick))
    assert verdict.weight is None
    assert not verdict.learned
    assert verdict.signs[0] == (Sign.REPEATED, Sign.HURRIED)
    assert verdict.signs[1] == (Sign.HURRIED,)
    assert verdict.doubtful.tolist() == [True] + [False] * 39


def test_a_straight_line_without_reverse_worded_items_contradicts_nothing():
    layout = layout_of([(0, 1, 2, 3)] * 24, [], [range(24)])
    sheets = _few()
    sheets[0] = 0
    verdict = judge(Sheets(sheets, layout, quick=np.full(40, np.nan)))
    assert verdict.signs[0] == ()


def test_time_and_the_lie_scale_count_as_signs():
    layout = layout_of([(0, 1)] * 24, [], [range(24)])
    sheets = _few() % 2
    lying = np.zeros(40, dtype=bool)
    lying[5] = True
    verdict = judge(Sheets(sheets.astype(np.int16), layout, quick=np.where(lying, 0.31, 0.29), lying=lying))
    assert verdict.doubtful.tolist() == lying.tolist()
    assert verdict.signs[5] == (Sign.HURRIED, Sign.LIE_SCALE)


@pytest.mark.parametrize(("share", "lit"), [(0.3, True), (0.2999, False)])
def test_hurried_begins_at_the_limit(share, lit):
    layout = layout_of([(0, 1)] * 24, [], [range(24)])
    verdict = judge(Sheets((_few() % 2).astype(np.int16), layout, quick=np.full(40, share)), limits=Limits())
    assert all((Sign.HURRIED in signs) is lit for signs in verdict.signs)
