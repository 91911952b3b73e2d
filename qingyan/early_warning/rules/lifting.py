"""From a model to a hint: as how many hours of waiting the signs of a pupil count, and which of them say so. Pure.

Only signs that are there count. What is absent and what is not known count nothing, so a hint never moves anybody for
being unknown, and each hint has its reasons in words. The hours follow the calibrated probability above that of a pupil
without any sign: a model that knows little moves little. They come in whole days, so that no fine score is kept.
"""

from collections.abc import Mapping
from math import exp

from qingyan.early_warning.rules.learning import UNKNOWN, Model, Sign
from qingyan.early_warning.rules.points import MOST_HOURS

DAY = 24
Levels = Mapping[str, int]  # sign code -> level, UNKNOWN or 0 …


def lifts(model: Model, levels: Levels) -> list[tuple[Sign, int, float]]:
    """The signs that are there and bring the pupil forward, the strongest first: (sign, level, log odds above "none").

    Raises ValueError for a level that a sign does not have.
    """
    found = []
    for sign, weights in zip(model.signs, model.weights, strict=True):
        level = levels.get(sign.code, UNKNOWN)
        if not UNKNOWN <= level < len(sign.levels):
            raise ValueError(f"{sign.code} has no level {level}")
        if level > 0 and weights[level + 1] > weights[1]:
            found.append((sign, level, weights[level + 1] - weights[1]))
    return sorted(found, key=lambda one: -one[2])


def lift(model: Model, levels: Levels) -> float:
    """All of them together, in log odds; 0 for nobody's signs. It is kept nowhere."""
    return sum(one for _sign, _level, one in lifts(model, levels))


def hours(model: Model, levels: Levels) -> int:
    """As how many hours of waiting they count: whole days, 0 to MOST_HOURS."""
    if model.slope <= 0:  # on unseen schools its order was no order
        return 0
    least = model.bias + sum(weights[1] for weights in model.weights)
    base, lifted = (_probability(model, one) for one in (least, least + lift(model, levels)))
    return round((lifted - base) * MOST_HOURS / DAY) * DAY


def _probability(model: Model, raw: float) -> float:
    return 1 / (1 + exp(-(model.slope * raw + model.intercept)))
