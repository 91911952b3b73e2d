"""Has the city changed since the model learned? The population stability index of each sign. Pure.

PSI = Σ (now - then) · ln(now / then) over the levels of a sign; the usual reading (Siddiqi 2006, "Credit Risk
Scorecards") is: below 0.1 as before, from 0.25 a real shift. It is a convention, not a test of significance.
"""

from collections.abc import Sequence

import numpy as np

from qingyan.early_warning.rules.learning import Levels, Reals, Sign

WATCHED = 0.1
SHIFTED = 0.25
SMALLEST = 1e-4  # an empty level would make the logarithm infinite


def shares(signs: Sequence[Sign], levels: Levels) -> list[Reals]:
    """For each sign the share of pupils in each level, "not known" first. Raises ValueError without rows."""
    if not len(levels):
        raise ValueError("no pupils")
    return [
        np.bincount(levels[:, place] + 1, minlength=len(sign.levels) + 1) / len(levels)
        for place, sign in enumerate(signs)
    ]


def stability(then: Reals, now: Reals) -> float:
    """The index of one sign, 0 for equal shares."""
    before, after = (np.clip(one, SMALLEST, None) for one in (then, now))
    return float(((after - before) * np.log(after / before)).sum())
