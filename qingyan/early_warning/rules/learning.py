"""A logistic model whose every weight can be read: for each sign and each of its levels, so much more or less. Pure.

Signs are levels, not numbers (the bins are data), and "not known" is a level of its own, so nothing is invented for a
gap. Validation is grouped: pupils of one school (in the reference data: one sampling unit) are never on both sides of
a split, since they share teachers and customs and would make the model look better than it will be elsewhere.
The probabilities are calibrated on predictions that no fold has seen (Platt 1999, "Probabilistic outputs for support
vector machines").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import OneHotEncoder

UNKNOWN = -1
FOLDS = 5
STRENGTH = 0.03  # C of the L2 penalty; chosen on the reference data, see docs/early-warning.md
FEWEST_OF_EACH = 50  # outcomes of the rarer kind below which nothing is learned
Levels = npt.NDArray[np.int64]  # (pupils, signs), UNKNOWN or 0 … levels - 1
Truths = npt.NDArray[np.bool_]  # (pupils,)
Groups = npt.NDArray[np.int64]  # (pupils,)
Reals = npt.NDArray[np.float64]


class TooFew(ValueError):
    """Too few outcomes, or too few groups, to learn anything that holds elsewhere."""


@dataclass(frozen=True)
class Sign:
    """One thing that is known of a pupil, with the words of its levels from least to most."""

    code: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """`weights[s][level + 1]` are log odds; place 0 is "not known". `slope` and `intercept` calibrate the sum."""

    signs: tuple[Sign, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: float
    slope: float
    intercept: float

    def probabilities(self, levels: Levels) -> Reals:
        """Calibrated probabilities of the rows, shape (pupils,). Raises ValueError for a level that no sign has."""
        calibrated: Reals = _squeezed(self.slope * (_raw(self, levels)) + self.intercept)
        return calibrated

    def reasons(self, row: Sequence[int], *, most: int = 3) -> list[tuple[Sign, int, float]]:
        """What lifts this pupil most, largest first: (sign, level, log odds above the sign's lowest weight)."""
        lifted = [
            (sign, level, weights[level + 1] - min(weights))
            for sign, weights, level in zip(self.signs, self.weights, row, strict=True)
        ]
        known = [one for one in lifted if one[1] != UNKNOWN and one[2] > 0]
        return sorted(known, key=lambda one: -one[2])[:most]


def learn(signs: Sequence[Sign], levels: Levels, outcomes: Truths, groups: Groups) -> tuple[Model, Reals]:
    """The model of all rows, and the calibrated probability of each row by models that saw nothing of its group.

    `levels` has the shape (pupils, signs). The same rows give the same model.
    Raises TooFew; ValueError for a level that no sign has.
    """
    rare = min(int(outcomes.sum()), int((~outcomes).sum()))
    if rare < FEWEST_OF_EACH or len(np.unique(groups)) < FOLDS:
        raise TooFew(f"{rare} outcomes of the rarer kind, {len(np.unique(groups))} groups")
    unseen = np.zeros(len(outcomes))
    for inside, outside in GroupKFold(FOLDS).split(levels, outcomes, groups):
        fold = _fitted(signs, levels[inside], outcomes[inside])
        unseen[outside] = _raw(fold, levels[outside])
    slope, intercept = calibration_of(unseen, outcomes)
    whole = _fitted(signs, levels, outcomes)
    model = Model(whole.signs, whole.weights, whole.bias, slope, intercept)
    return model, _squeezed(slope * unseen + intercept)


def calibration_of(logits: Reals, outcomes: Truths) -> tuple[float, float]:
    """Slope and intercept of the outcomes on the log odds; 1 and 0 for a perfectly calibrated model."""
    line = LogisticRegression(C=np.inf).fit(logits.reshape(-1, 1), outcomes)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def _fitted(signs: Sequence[Sign], levels: Levels, outcomes: Truths) -> Model:
    _check(signs, levels)
    known = [range(UNKNOWN, len(sign.levels)) for sign in signs]  # a level that nobody has here is a level all the same
    columns = OneHotEncoder(categories=[list(one) for one in known]).fit_transform(levels)
    fitted = LogisticRegression(C=STRENGTH, max_iter=300).fit(columns, outcomes)
    weights, place = [], 0
    for sign in signs:
        wide = len(sign.levels) + 1
        weights.append(tuple(float(one) for one in fitted.coef_[0, place : place + wide]))
        place += wide
    return Model(tuple(signs), tuple(weights), float(fitted.intercept_[0]), 1.0, 0.0)


def _raw(model: Model, levels: Levels) -> Reals:
    _check(model.signs, levels)
    total: Reals = np.full(len(levels), model.bias)
    for place, weights in enumerate(model.weights):
        total += np.asarray(weights)[levels[:, place] + 1]
    return total


def _check(signs: Sequence[Sign], levels: Levels) -> None:
    if levels.ndim != 2 or levels.shape[1] != len(signs):
        raise ValueError("one column a sign is needed")
    if (levels < UNKNOWN).any() or (levels >= [len(sign.levels) for sign in signs]).any():
        raise ValueError("a level that its sign does not have")


def _squeezed(logits: Reals) -> Reals:
    odds: Reals = 1 / (1 + np.exp(-logits))
    return odds
