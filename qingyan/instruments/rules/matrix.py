"""Scores many sheets at once with numpy, equal to scoring.py sheet by sheet (property test).

Takes int8 answers with -1 for a missing one. Gives arrays, not Scores: value per scale (NaN where there is
none), band index and screen outcome. Reasons and flagged answers are for single sheets, see plan.py.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from qingyan.instruments.rules.arithmetic import Number
from qingyan.instruments.rules.plan import Part, Plan
from qingyan.instruments.rules.schema import Condition, Scale
from qingyan.instruments.rules.scores import InvalidAnswers
from qingyan.instruments.rules.screens import chosen_rule
from qingyan.instruments.rules.tally import PSDI_BASE

MISSING: Final = -1
UNDECIDED: Final = -1
NO_BAND: Final = -1
TABLE: Final = 1 << 18  # possible tallies of a scale up to which a table is quicker than sorting
ITEMS_IN_16_BITS: Final = 256  # times 127 points
BLOCK: Final = 8192  # sheets at a time, so that their answers stay in the processor's cache

Ints = npt.NDArray[np.int64]
Answers = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Columns = dict[str, npt.NDArray[np.generic]]


def score_many(
    plan: Plan, matrix: npt.NDArray[np.int8], *, ages: npt.NDArray[np.integer] | None = None, rule: str | None = None
) -> Columns:
    """Columns for a sheets x items matrix: `<scale>` float64 with NaN, `<scale>.band` int8 index into the scale's
    bands or -1 (only scales with bands), `screen` int8 1, 0 or -1 for undecided, `validity` int8 1 doubtful, 0 or -1
    (only where the file has a validity rule; its default).

    `ages` in whole years, one per sheet; without them every age is unknown. Raises InvalidAnswers, KeyError.
    """
    _refuse_shape(plan, matrix)
    years = None if ages is None else np.asarray(ages)
    blocks = [
        _block(plan, matrix[at : at + BLOCK], None if years is None else years[at : at + BLOCK], rule)
        for at in range(0, max(1, len(matrix)), BLOCK)
    ]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def _block(plan: Plan, matrix: npt.NDArray[np.int8], ages: npt.NDArray[np.integer] | None, rule: str | None) -> Columns:
    # A copy, one row per item, so that a scale's items lie together in memory.
    scored = np.array(matrix.T, order="C")
    _refuse_invalid(plan, scored)
    gaps = _Gaps.of(scored, _hidden(plan, len(matrix), ages))
    for index, both_ends in plan.turned_items():
        scored[index] = np.where(scored[index] == MISSING, MISSING, both_ends - scored[index])
    columns: Columns = {}
    for part in plan.parts:
        values, bands = _scale_columns(plan, part, scored, gaps)
        columns[part.scale.id] = values
        if part.scale.bands:
            columns[f"{part.scale.id}.band"] = bands
    columns["screen"] = _screen(plan, columns, len(matrix), rule)
    if plan.instrument.validity:
        columns["validity"] = _validity(plan, columns)
    return columns


@dataclass(frozen=True)
class _Gaps:
    """Which answers were given and asked for, items x sheets; None where all were, which is the usual case."""

    given: Flags | None
    asked: Flags | None

    @classmethod
    def of(cls, scored: Answers, hidden: Flags | None) -> "_Gaps":
        given = scored != MISSING
        whole = None if given.all() else given
        return cls(whole, None if hidden is None else given | ~hidden)


def _refuse_shape(plan: Plan, matrix: npt.NDArray[np.int8]) -> None:
    if matrix.ndim != 2 or matrix.shape[1] != len(plan.items):
        raise InvalidAnswers(f"{plan.code} needs {len(plan.items)} columns, the matrix has shape {matrix.shape}")


def _refuse_invalid(plan: Plan, scored: Answers) -> None:
    for index, item in enumerate(plan.items):
        fits = np.zeros(256, dtype=bool)
        fits[np.array((MISSING, *plan.option_values(index)), dtype=np.int8).view(np.uint8)] = True
        good = fits[scored[index].view(np.uint8)]
        if not good.all():
            row = int(good.argmin())
            raise InvalidAnswers(f"{plan.code} {item.id}: {scored[index, row]} in row {row} is not an option")


def _hidden(plan: Plan, sheets: int, ages: npt.NDArray[np.integer] | None) -> Flags | None:
    gates = np.array([item.min_age or 0 for item in plan.items])
    if not gates.any():
        return None
    youngest = plan.instrument.audience.ages[0]
    years = np.full(sheets, youngest) if ages is None else ages
    hidden: Flags = gates[:, None] > years[None, :]
    return hidden


def _scale_columns(
    plan: Plan, part: Part, scored: Answers, gaps: _Gaps
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    rows = list(part.indexes)
    answers, given = scored[rows], None if gaps.given is None else gaps.given[rows]
    counts = [_count(gaps.asked, rows, len(scored[0])), _count(gaps.given, rows, len(scored[0]))]
    distinct, inverse = _distinct([*counts, *_tallies(part.source, answers, given)])
    levels = [band.level for band in part.scale.bands]
    values = np.full(len(distinct), np.nan)
    bands = np.full(len(distinct), NO_BAND, dtype=np.int8)
    for row, (asked_count, answered, *tallied) in enumerate(distinct.tolist()):
        value, level = plan.finished(part, (asked_count, answered), _packed(tallied))
        if value is not None:
            values[row] = value
        if level is not None:
            bands[row] = levels.index(level)
    return values[inverse], bands[inverse]


def _packed(tallied: list[int]) -> int:
    return tallied[0] if len(tallied) == 1 else tallied[0] * PSDI_BASE + tallied[1]


def _distinct(keys: list[Ints]) -> tuple[Ints, Ints]:
    """Distinct rows of some columns and, for each row, which one it is. Columns of one number are the usual case."""
    packed = np.zeros(len(keys[0]), dtype=np.int64)
    span = 1
    for key in keys:
        lowest, highest = int(key.min(initial=0)), int(key.max(initial=0))
        packed = packed * (highest - lowest + 1) + (key - lowest)
        span *= highest - lowest + 1
    if span > TABLE:
        _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
        return np.column_stack([key[first] for key in keys]), inverse
    # A table of all possible numbers: one look at each row, no sorting.
    place = np.full(span, -1, dtype=np.int64)
    place[packed] = np.arange(len(packed))
    first = place[place >= 0]
    place[place >= 0] = np.arange(len(first))
    return np.column_stack([key[first] for key in keys]), place[packed]


def _tallies(scale: Scale, answers: Answers, given: Flags | None) -> list[Ints]:
    """One column, for psdi two: the number of positive items and their sum."""
    floor = scale.at_least or 0
    if scale.method in {"count_at_least", "psdi"}:
        positive = _both(answers >= floor, given)
        counted = _sum(positive.view(np.int8))
        return [counted] if scale.method == "count_at_least" else [counted, _sum(answers * positive)]
    if scale.method == "count_equal":
        return [_sum(_both(answers == scale.equal, given).view(np.int8))]
    if scale.method == "max":
        return [answers.max(axis=0).astype(np.int64)]
    scored = answers if given is None else answers * given
    if scale.method == "weighted":
        return [np.array(scale.weights, dtype=np.int64) @ scored]
    return [_sum(scored)]


def _both(flags: Flags, given: Flags | None) -> Flags:
    return flags if given is None else flags & given


def _count(flags: Flags | None, rows: list[int], sheets: int) -> Ints:
    if flags is None:
        return np.full(sheets, len(rows), dtype=np.int64)
    return _sum(flags[rows].view(np.int8))


def _sum(cells: Answers) -> Ints:
    """Per sheet. Rows are added one by one: numpy's own sum widens every cell first."""
    # A scale can reach tens of thousands of points, too many for 16 bits; 127 points an item are not.
    narrow = np.int16 if len(cells) <= ITEMS_IN_16_BITS else np.int32
    total: npt.NDArray[np.signedinteger] = np.zeros(cells.shape[1], dtype=narrow)
    for row in cells:
        np.add(total, row, out=total)
    return total.astype(np.int64)


def _screen(plan: Plan, columns: Columns, sheets: int, rule: str | None) -> npt.NDArray[np.int8]:
    chosen = chosen_rule(plan.instrument, rule)
    if chosen is None:
        return np.full(sheets, UNDECIDED, dtype=np.int8)
    verdicts = [_condition(condition, columns, sheets) for condition in chosen.conditions]
    yes = np.stack([verdict[0] for verdict in verdicts])
    unknown = np.stack([verdict[1] for verdict in verdicts])
    no = ~yes & ~unknown
    met = yes.any(axis=0) if chosen.join == "any" else yes.all(axis=0)
    failed = no.all(axis=0) if chosen.join == "any" else no.any(axis=0)
    return np.select([met, failed], [np.int8(1), np.int8(0)], np.int8(UNDECIDED)).astype(np.int8)


def _validity(plan: Plan, columns: Columns) -> npt.NDArray[np.int8]:
    rule = plan.instrument.validity[0]
    values = columns[rule.scale].astype(np.float64)
    doubtful = _compared(values, rule.op, rule.value)
    return np.where(np.isnan(values), np.int8(UNDECIDED), doubtful).astype(np.int8)


def _condition(condition: Condition, columns: Columns, sheets: int) -> tuple[Flags, Flags]:
    yes = np.zeros(sheets, dtype=bool)
    unknown = np.zeros(sheets, dtype=bool)
    for scale in condition.scales:
        values = columns[scale].astype(np.float64)
        yes |= _compared(values, condition.op, condition.value)
        unknown |= np.isnan(values)
    return yes, unknown & ~yes


def _compared(values: npt.NDArray[np.float64], op: str, limit: Number) -> Flags:
    # A NaN compares false with everything, so a scale without a value never meets a condition.
    outcomes: dict[str, Flags] = {
        ">": values > limit,
        ">=": values >= limit,
        "<": values < limit,
        "<=": values <= limit,
        "==": values == limit,
    }
    return outcomes[op]
