"""How much a sheet speaks of careless answering, learned from the sheets of the same round themselves. Pure.

The school's own sheets stand for careful answering, careless ones are made on purpose (patterns.py), and a multinomial
logistic regression on features.py tells them apart. Sheets that look careless are left out and all is learned again, so
a tenth of bad sheets does not become the norm. Nothing from another school or country is needed; no answer is stored.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from qingyan.screening.rules.careless.expectation import Expectation, learn, levels_of
from qingyan.screening.rules.careless.features import NAMES, features, in_parts, longest_run
from qingyan.screening.rules.careless.layout import Answers, Layout, Reals, filled, presented
from qingyan.screening.rules.careless.patterns import Pattern, made

FEWEST_SHEETS = 100  # fewer sheets say too little about what is usual
MOST_LEARNED = 4000
ROUNDS = 3
LEFT_OUT = 0.1
AT = {name: place for place, name in enumerate(NAMES)}
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Evidence:
    """`weight`: log odds of careless against careful, equal odds before; `features` as in features.NAMES."""

    weight: Reals
    features: Reals


@dataclass(frozen=True)
class _Learned:
    expected: Expectation
    judge: Pipeline

    def features(self, answers: Answers, layout: Layout, given: Answers) -> Reals:
        return in_parts(lambda part: features(answers[part], layout, self.expected, given[part]), len(answers))

    def weight(self, found: Reals) -> Reals:
        careful = self.judge.predict_proba(_bent(found))[:, int(Pattern.CAREFUL)]
        weight: Reals = np.log(1 - careful + 1e-12) - np.log(careful + 1e-12)
        return weight


def weigh(answers: Answers, layout: Layout, *, order: npt.NDArray[np.intp] | None = None, seed: int = 1) -> Evidence:
    """Evidence for each row of a (sheets, items) matrix, -1 for gaps; `order`: the items as each pupil saw them.

    Raises ValueError for fewer than FEWEST_SHEETS rows. The same sheets and seed give the same evidence.
    """
    if len(answers) < FEWEST_SHEETS:
        raise ValueError(f"at least {FEWEST_SHEETS} sheets are needed")
    rng = np.random.default_rng(seed)
    whole = filled(answers, layout)
    given = presented(whole, order)
    some = rng.permutation(len(whole))[:MOST_LEARNED]
    learned = _learn(whole[some], given[some], layout, rng)
    found = learned.features(whole, layout, given)
    return Evidence(learned.weight(found), found)


def _learn(answers: Answers, given: Answers, layout: Layout, rng: np.random.Generator) -> _Learned:
    plain = ~_plainly_careless(given)
    expected = _expected(answers[plain], layout)
    later = in_parts(lambda part: features(answers[part], layout, expected, given[part]), len(answers))
    later_column = later[:, AT["random_later"]]
    kept = plain & (later_column < np.quantile(later_column[plain], 1 - LEFT_OUT))
    for _ in range(ROUNDS):
        learned = _one_round(answers, given, layout, kept, rng)
        weight = learned.weight(learned.features(answers, layout, given))
        kept = plain & (weight < np.quantile(weight, 1 - LEFT_OUT))
    return learned


def _one_round(answers: Answers, given: Answers, layout: Layout, kept: Mask, rng: np.random.Generator) -> _Learned:
    expected = _expected(answers[kept], layout)
    bad, kinds = made(answers[kept], max(400, len(answers) // 5), layout.choices, rng)
    careful = in_parts(lambda part: features(answers[kept][part], layout, expected, given[kept][part]), int(kept.sum()))
    careless = in_parts(lambda part: features(bad[part], layout, expected, bad[part]), len(bad))
    label = np.concatenate([np.zeros(len(careful), dtype=np.intp), kinds])
    share = np.where(label == 0, 0.5 / len(careful), 0.5 / len(kinds)) * len(label)
    judge = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=300))
    judge.fit(_bent(np.concatenate([careful, careless])), label, logisticregression__sample_weight=share)
    return _Learned(expected, judge)


def _expected(answers: Answers, layout: Layout) -> Expectation:
    return learn(answers, levels_of(answers, layout), layout.choices)


def _plainly_careless(given: Answers) -> Mask:
    """Rows that must not teach what careful looks like: one answer on half the page, to and fro, hardly any change."""
    same = given[:, 1:] == given[:, :-1]
    swing = (given[:, 2:] == given[:, :-2]) & ~same[:, 1:]
    found: Mask = (longest_run(given) > given.shape[1] / 2) | (swing.mean(1) > 0.6) | (same.mean(1) > 0.8)
    return found


def _bent(found: Reals) -> Reals:
    """Squares, and products with the level and between signs, so that straight borders can bend."""
    level = found[:, [AT["level"]]] * 3 - 1.5
    pairs = (
        ("random", "line"),
        ("repeats", "spread"),
        ("longest", "spread"),
        ("repeats", "follows_items"),
        ("random", "repeats"),
    )
    products = [found[:, [AT[a]]] * found[:, [AT[b]]] for a, b in pairs]
    return np.concatenate([found, found**2, found * level, found * level**2, *products], axis=1)
