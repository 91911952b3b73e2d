"""The nightly look at a model in use: is the city still as when it learned, and does it still tell apart? Pure.

Levels of signs are compared by the stability index (rules/drift.py), and what was found in the same way, as one more
sign with two levels. Too few pupils say nothing: nothing is concluded from them.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np

from qingyan.early_warning.rules.card import Example
from qingyan.early_warning.rules.drift import WATCHED, shares, stability
from qingyan.early_warning.rules.learning import Model, Reals, Sign
from qingyan.early_warning.rules.lifting import hours
from qingyan.early_warning.rules.trial import DriftRules, auc

OUTCOME = "outcome"


class Verdict(StrEnum):
    """What the look says. From SHIFTED on a model goes back."""

    TOO_FEW = "too_few"
    STEADY = "steady"
    WATCHED = "watched"
    SHIFTED = "shifted"
    UNFIT = "unfit"
    CHANCE = "chance"


GOES_BACK = frozenset({Verdict.SHIFTED, Verdict.UNFIT, Verdict.CHANCE})


def fits(model: Model, signs: Sequence[Sign]) -> bool:
    """Whether the signs of the pack in force are those that the model learned; another pack needs another model."""
    return model.signs == tuple(signs)


def watched(
    model: Model,
    card: Mapping[str, Any],
    *,
    waiting: Sequence[tuple[int, ...]],
    lately: Sequence[Example],
    rules: DriftRules,
    resamples: int,
) -> dict[str, Any]:
    """The verdict with its figures. `waiting`: levels of pupils whose alerts are open; `lately`: recent outcomes."""
    levels = [*waiting, *(one.levels for one in lately)]
    signs: dict[str, float] = {}
    if len(levels) >= rules.fewest:
        now = shares(model.signs, np.array(levels, dtype=np.int64))
        then = [_completed(card["shares"][sign.code]) for sign in model.signs]
        signs = {sign.code: round(stability(*pair), 4) for sign, *pair in zip(model.signs, then, now, strict=True)}
    found = np.array([one.found for one in lately], dtype=bool)
    told, apart = None, None
    if len(lately) >= rules.fewest_outcomes:
        rate = card["found"] / card["pupils"]
        told = round(stability(np.array([1 - rate, rate]), np.array([1 - found.mean(), found.mean()])), 4)
        apart = _apart(model, lately, resamples) if found.any() and not found.all() else None
    verdict = _verdict(signs, told, apart, rules)
    return {"verdict": verdict.value, "signs": signs, OUTCOME: told, "auc": apart}


def _apart(model: Model, lately: Sequence[Example], resamples: int) -> list[float]:
    codes = [sign.code for sign in model.signs]
    hinted = np.array([hours(model, dict(zip(codes, one.levels, strict=True))) for one in lately])
    schools = np.unique([one.school for one in lately], return_inverse=True)[1]
    return auc(hinted, np.array([one.found for one in lately], dtype=bool), schools, resamples)


def _verdict(signs: Mapping[str, float], told: float | None, apart: list[float] | None, rules: DriftRules) -> Verdict:
    if not signs and told is None:
        return Verdict.TOO_FEW
    most = max([*signs.values(), told or 0.0])
    if most >= rules.shifted:
        return Verdict.SHIFTED
    if apart is not None and apart[2] <= 0.5:
        return Verdict.CHANCE
    return Verdict.WATCHED if most >= WATCHED else Verdict.STEADY


def _completed(part: Sequence[float | None]) -> Reals:
    """The shares of the card; what it does not tell (too few) has together what is left, in equal parts."""
    untold = sum(one is None for one in part)
    left = max(0.0, 1 - sum(one for one in part if one is not None))
    return np.array([left / untold if one is None else one for one in part])
