"""From evidence to a verdict that can be told in words: doubtful only with two independent signs. Pure.

A verdict says how a sheet was answered, never how the pupil is. It drops nothing, hides nothing and changes no score or
alert; among the sheets with the heaviest troubles no larger share may be doubted than among the others.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from qingyan.screening.rules.careless.detector import AT, FEWEST_SHEETS, Evidence, weigh
from qingyan.screening.rules.careless.families import Sign
from qingyan.screening.rules.careless.features import longest_run
from qingyan.screening.rules.careless.layout import FEWEST_ITEMS, Answers, Layout, Reals, filled, presented

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """Where a sign begins. House values, chosen on injected patterns (docs/answering-quality.md), not published norms.

    `weight`: log odds; `most_at_the_top`: largest share that may be doubted in the heaviest tenth; `unfit`: of lz,
    one-sided 5 %; `repeats`: standard deviations; `hardly_any`: mean answer as a share of the range; `hurried`: share
    of answers within a second; a hurried sheet and one that its lie scale doubts each add `extra` to the weight.
    """

    weight: float = 1.5
    most_at_the_top: float = 0.01
    unfit: float = 1.64
    repeats: float = 2.0
    to_and_fro: float = 0.35
    longest_share: float = 0.5
    contradicts_quantile: float = 0.85
    follows_items: float = 0.1
    hardly_any: float = 0.1
    hurried: float = 0.3
    extra: float = 2.0


@dataclass(frozen=True)
class Sheets:
    """All sheets of one instrument in one round of one school. Rows belong together; None where nothing is known.

    answers: (n, items), counted from the lowest option, -1 for a gap. quick: share of answers within a second, NaN
    where no times are known. lying: the lie scale says doubtful. order: the items as each pupil saw them.
    """

    answers: Answers
    layout: Layout
    quick: Reals | None = None
    lying: Mask | None = None
    order: npt.NDArray[np.intp] | None = None


@dataclass(frozen=True)
class Verdict:
    """Per sheet: doubtful or not, the signs, and the weight (None when the round is too small to learn from)."""

    doubtful: Mask
    signs: tuple[tuple[Sign, ...], ...]
    weight: Reals | None
    learned: bool = field(default=True)


def judge(sheets: Sheets, *, limits: Limits = Limits(), seed: int = 1) -> Verdict:
    """The verdict on every sheet. With too few sheets or items only plain signs count, and `learned` is False."""
    count = len(sheets.answers)
    if count < FEWEST_SHEETS or sheets.layout.items < FEWEST_ITEMS:
        lit = _plain_signs(sheets, limits)
        return Verdict(_two_of(lit), _named(lit, count), None, learned=False)
    evidence = weigh(sheets.answers, sheets.layout, order=sheets.order, seed=seed)
    lit = _signs(evidence, sheets, limits)
    extra = sum((lit[sign].astype(float) for sign in (Sign.HURRIED, Sign.LIE_SCALE)), np.zeros(count))
    weight = evidence.weight + limits.extra * extra
    level = evidence.features[:, AT["level"]]
    doubtful = (weight > limits.weight) & _two_of(lit)
    fair = _fair_at_the_top(doubtful, weight, level >= np.quantile(level, 0.9), limits.most_at_the_top)
    return Verdict(fair, _named(lit, count), weight)


def _signs(evidence: Evidence, sheets: Sheets, limits: Limits) -> dict[Sign, Mask]:
    found = {name: evidence.features[:, place] for name, place in AT.items()}
    apart = found["within"] > np.quantile(found["within"], limits.contradicts_quantile)
    # Hardly any trouble told is what a pupil without trouble truly answers: such a line contradicts nothing. (Over
    # reverse-worded items a line cannot mean that, and its level is not low.)
    telling = found["level"] > limits.hardly_any
    return {
        Sign.UNFIT: (found["unfit"] > limits.unfit) | (found["random_later"] > 0),
        Sign.REPEATED: telling & ((found["repeats"] > limits.repeats) | (found["to_and_fro"] > limits.to_and_fro)),
        Sign.CONTRADICTS: apart,
        Sign.TELLS_NOTHING_APART: telling & (found["follows_items"] < limits.follows_items),
        **_outside(sheets, limits),
    }


def _outside(sheets: Sheets, limits: Limits) -> dict[Sign, Mask]:
    """Signs that need no other sheets: time and the lie scale."""
    nobody = np.zeros(len(sheets.answers), dtype=bool)
    hurried = nobody if sheets.quick is None else np.nan_to_num(sheets.quick) >= limits.hurried
    return {Sign.HURRIED: hurried, Sign.LIE_SCALE: nobody if sheets.lying is None else sheets.lying}


def _plain_signs(sheets: Sheets, limits: Limits) -> dict[Sign, Mask]:
    """Where nothing can be learned: a long run counts only when it contradicts itself over reverse-worded items."""
    given = presented(filled(sheets.answers, sheets.layout), sheets.order)
    long = longest_run(given) >= limits.longest_share * sheets.layout.items
    contradictory = long if sheets.layout.turned.any() else np.zeros(len(given), dtype=bool)
    return {Sign.REPEATED: contradictory & (sheets.layout.items >= FEWEST_ITEMS // 2), **_outside(sheets, limits)}


def _two_of(lit: dict[Sign, Mask]) -> Mask:
    found: Mask = np.sum(list(lit.values()), axis=0) >= 2
    return found


def _named(lit: dict[Sign, Mask], count: int) -> tuple[tuple[Sign, ...], ...]:
    return tuple(tuple(sign for sign, mask in lit.items() if mask[row]) for row in range(count))


def _fair_at_the_top(doubtful: Mask, weight: Reals, heaviest: Mask, most: float) -> Mask:
    """In the heaviest tenth only the surest stay doubtful: at most the share of the others, and never more than `most`.

    There a wrong doubt costs most, and a person reads these sheets in any case.
    """
    if heaviest.all():
        return doubtful
    bearable = int(np.floor(min(doubtful[~heaviest].mean(), most) * heaviest.sum()))
    there = np.flatnonzero(doubtful & heaviest)
    kept = there[np.argsort(-weight[there], kind="stable")][:bearable]
    found = doubtful & ~heaviest
    found[kept] = True
    return found
