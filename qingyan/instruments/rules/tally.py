"""The middle of fast scoring: a scale's answers become one whole number, and that number its finished value.

plan.py tallies one sheet, matrix.py many at once; both finish here, by exact arithmetic, once per distinct
tally. The reference in scoring.py uses none of this, so that the two can be compared.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from qingyan.instruments.rules.arithmetic import Number, band_level, exact, rounded
from qingyan.instruments.rules.schema import Instrument, Scale
from qingyan.instruments.rules.scores import Reason

# psdi needs two numbers in one: the count of positive items times this, plus their sum (which stays below it).
PSDI_BASE: Final = 1 << 20

Finished = tuple[Number | None, str | None, Reason | None]


def source_scale(instrument: Instrument, scale: Scale) -> Scale:
    """The scale whose answers are tallied: the base of a t_score, else the scale itself."""
    return instrument.scale(scale.of or "") if scale.method == "t_score" else scale


def tally(scale: Scale, answers: Sequence[int]) -> int:
    """The whole number `scale` is computed from; `answers` are its scored answers, without gaps."""
    if scale.method in {"sum", "mean"}:
        return sum(answers)
    if scale.method == "count_equal":
        return answers.count(scale.equal or 0)
    if scale.method == "weighted":
        return sum(weight * answer for weight, answer in zip(scale.weights, answers, strict=True))
    if scale.method == "max":
        return max(answers)
    # Counting the few values below the limit is quicker than looking at every answer.
    below = [(value, answers.count(value)) for value in range(scale.at_least or 0)]
    positive = len(answers) - sum(count for _, count in below)
    if scale.method == "psdi":
        return positive * PSDI_BASE + sum(answers) - sum(value * count for value, count in below)
    return positive


def finish(instrument: Instrument, scale: Scale, counts: tuple[int, int], tallied: int) -> Finished:
    """Value, band level and reason of a scale from (items asked, items answered) and the tally."""
    source = source_scale(instrument, scale)
    reason = _refusal(scale, source, counts)
    if reason is not None:
        return None, None, reason
    value = _exact_value(source, counts, tallied)
    if value is None:
        return None, None, Reason.NO_POSITIVE_ITEM
    if scale is not source:
        norm = next(norm for norm in instrument.norms if norm.id == scale.norm)
        value = 50 + 10 * (value - exact(norm.mean)) / exact(norm.sd)
    shown = rounded(value, scale.digits)
    return shown, band_level(scale, shown), None


def _refusal(scale: Scale, source: Scale, counts: tuple[int, int]) -> Reason | None:
    asked, answered = counts
    needs_all = scale.method in {"weighted", "t_score"} or source.method == "weighted"
    if asked == 0 or (needs_all and asked < len(source.items)):
        return Reason.NOT_ASKED
    allowed = source.missing.allowed(asked) if source.missing else 0
    return Reason.MISSING_ANSWERS if answered == 0 or asked - answered > allowed else None


def _exact_value(source: Scale, counts: tuple[int, int], tallied: int) -> Fraction | None:
    asked, answered = counts
    if source.method == "mean":
        return Fraction(tallied * source.multiplier, answered)
    if source.method == "psdi":
        positive, total = divmod(tallied, PSDI_BASE)
        return Fraction(total * source.multiplier, positive) if positive else None
    if source.missing is not None and source.missing.treat == "prorate":
        return Fraction(tallied * source.multiplier * asked, answered)
    return Fraction(tallied * source.multiplier)
