"""What is told about a model: how good its order is, for whom it was too few, and how its signs were spread. Pure.

Everything is measured on pupils of schools that the model had not seen. Small groups have no figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from qingyan.early_warning.rules.drift import shares
from qingyan.early_warning.rules.learning import Model, Reals, Sign, learn
from qingyan.early_warning.rules.measuring import CAPACITY, Measures, by_subgroup, measured

FEWEST_IN_A_LEVEL = 10  # below it the share of a level is told as "under"


@dataclass(frozen=True)
class Example:
    """One pupil whom people have talked with, without a name: levels in the signs' order, the finding, the group."""

    levels: tuple[int, ...]
    found: bool
    school: int
    groups: tuple[str, ...]


def learned(signs: Sequence[Sign], examples: Sequence[Example]) -> tuple[Model, dict[str, Any]]:
    """The model of all examples and its card. Raises learning.TooFew, and then there is neither."""
    levels = np.array([one.levels for one in examples], dtype=np.int64).reshape(len(examples), len(signs))
    outcomes = np.array([one.found for one in examples], dtype=bool)
    schools = np.array([one.school for one in examples], dtype=np.int64)
    model, unseen = learn(signs, levels, outcomes, schools)
    names = sorted({name for one in examples for name in one.groups})
    members = {name: np.array([name in one.groups for one in examples], dtype=bool) for name in names}
    card = {
        "pupils": len(examples),
        "found": int(outcomes.sum()),
        "schools": len(np.unique(schools)),
        "capacity": CAPACITY,
        "measures": _plain(measured(unseen, outcomes)),
        "groups": {name: _plain(one) for name, one in by_subgroup(unseen, outcomes, members).items()},
        "shares": {
            sign.code: _shown(part, len(examples)) for sign, part in zip(signs, shares(signs, levels), strict=True)
        },
    }
    return model, card


def weights_as_json(model: Model) -> dict[str, Any]:
    """As a version keeps it."""
    return asdict(model)


def model_from(weights: Mapping[str, Any]) -> Model:
    """The model that a version keeps."""
    signs = tuple(Sign(one["code"], tuple(one["levels"])) for one in weights["signs"])
    rows = tuple(tuple(row) for row in weights["weights"])
    return Model(signs, rows, weights["bias"], weights["slope"], weights["intercept"])


def _plain(found: Measures | None) -> dict[str, Any] | None:
    return None if found is None else asdict(found)


def _shown(part: Reals, pupils: int) -> list[float | None]:
    """Shares by level, "not known" first; None where so few stand behind it that it could point at somebody."""
    return [None if 0 < round(one * pupils) < FEWEST_IN_A_LEVEL else round(float(one), 3) for one in part]
