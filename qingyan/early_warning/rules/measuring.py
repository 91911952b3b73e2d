"""How good an order is: does it put those who need care first, and do its probabilities mean what they say? Pure.

Everything is measured on probabilities that the model gave to groups it had not seen (learning.learn). No figure of a
subgroup is given below FEWEST pupils: it would be noise, and it could point at somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from qingyan.early_warning.rules.learning import Reals, Truths, calibration_of

CAPACITY = 0.1  # the share of pupils whom counsellors can see first
TENTHS = 10
FEWEST = 100
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Band:
    """Pupils with like probabilities: what was said of them, and what was found."""

    pupils: int
    said: float
    found: float


@dataclass(frozen=True)
class Measures:
    """`sensitivity` and `ppv` hold when the first `CAPACITY` of the order are seen."""

    pupils: int
    found: int
    auc: float
    auprc: float
    brier: float
    sensitivity: float
    ppv: float
    slope: float
    intercept: float
    bands: tuple[Band, ...]


def measured(probabilities: Reals, outcomes: Truths, *, capacity: float = CAPACITY) -> Measures:
    """Both of shape (pupils,). Raises ValueError when only one kind of outcome is there."""
    if outcomes.all() or not outcomes.any():
        raise ValueError("both kinds of outcome are needed")
    first = first_of(probabilities, capacity)
    clipped = np.clip(probabilities, 1e-9, 1 - 1e-9)
    slope, intercept = calibration_of(np.log(clipped / (1 - clipped)), outcomes)
    return Measures(
        pupils=len(outcomes),
        found=int(outcomes.sum()),
        auc=float(roc_auc_score(outcomes, probabilities)),
        auprc=float(average_precision_score(outcomes, probabilities)),
        brier=float(brier_score_loss(outcomes, probabilities)),
        sensitivity=float(outcomes[first].sum() / outcomes.sum()),
        ppv=float(outcomes[first].mean()),
        slope=slope,
        intercept=intercept,
        bands=_bands(probabilities, outcomes),
    )


def first_of(probabilities: Reals, capacity: float) -> Places:
    """Places of the first share of the order, at least one; equal probabilities keep their order."""
    return np.argsort(-probabilities, kind="stable")[: max(1, int(len(probabilities) * capacity))]


def by_subgroup(
    probabilities: Reals, outcomes: Truths, members: Mapping[str, Truths], *, capacity: float = CAPACITY
) -> dict[str, Measures | None]:
    """The same figures for each group of pupils; None for one with fewer than FEWEST or only one kind of outcome.

    The capacity is the whole order's: within a group `sensitivity` and `ppv` count whoever is among the first of all.
    """
    chosen = np.zeros(len(outcomes), dtype=bool)
    chosen[first_of(probabilities, capacity)] = True
    return {name: _of_group(probabilities[who], outcomes[who], chosen[who]) for name, who in members.items()}


def _of_group(probabilities: Reals, outcomes: Truths, chosen: Truths) -> Measures | None:
    if len(outcomes) < FEWEST or outcomes.all() or not outcomes.any():
        return None
    alone = measured(probabilities, outcomes)
    hits = outcomes & chosen
    ppv = float(hits.sum() / chosen.sum()) if chosen.any() else 0.0
    return Measures(**{**alone.__dict__, "sensitivity": float(hits.sum() / outcomes.sum()), "ppv": ppv})


def _bands(probabilities: Reals, outcomes: Truths) -> tuple[Band, ...]:
    order = np.argsort(probabilities, kind="stable")
    parts = [part for part in np.array_split(order, TENTHS) if len(part)]
    return tuple(Band(len(part), float(probabilities[part].mean()), float(outcomes[part].mean())) for part in parts)
