"""Scores many sheets at once with numpy, equal to scoring.py sheet by sheet (property test).

Takes int8 answers with -1 for a missing one. Gives arrays, not Scores: value per scale (NaN where there is
none), band index and screen outcome. Reasons and flagged answers are for single sheets, see plan.py.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from qingyan.instruments.rules.arithmetic import Number
from qingyan.instruments.rules.plan import Part, Plan
from qingyan.instruments.rules.schema import Condition, Scale
from qingyan.instruments.rules.scores import InvalidAnswers
from qingyan.instruments.rules.screens import chosen_rule
from qingyan.instruments.rules.tally import PSDI_BASE, finish

MISSING: Final = -1
UNDECIDED: Final = -1
NO_BAND: Final = -1

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
    _refuse_invalid(plan, matrix)
    # A copy, one row per item, so that a scale's items lie together in memory.
    scored = np.array(matrix.T, order="C")
    asked = (scored != MISSING) | ~_hidden(plan, len(matrix), ages)
    for index, both_ends in plan.turned_items():
        scored[index] = np.where(scored[index] == MISSING, MISSING, both_ends - scored[index])
    columns: Columns = {}
    for part in plan.parts:
        values, bands = _scale_columns(plan, part, scored, asked)
        columns[part.scale.id] = values
        if part.scale.bands:
            columns[f"{part.scale.id}.band"] = bands
    columns["screen"] = _screen(plan, columns, len(matrix), rule)
    if plan.instrument.validity:
        columns["validity"] = _validity(plan, columns)
    return columns


def _refuse_invalid(plan: Plan, matrix: npt.NDArray[np.int8]) -> None:
    if matrix.ndim != 2 or matrix.shape[1] != len(plan.items):
        raise InvalidAnswers(f"{plan.code} needs {len(plan.items)} columns, the matrix has shape {matrix.shape}")
    for index, item in enumerate(plan.items):
        wrong = np.flatnonzero(~np.isin(matrix[:, index], (MISSING, *plan.option_values(index))))
        if len(wrong):
            raise InvalidAnswers(f"{plan.code} {item.id}: {matrix[wrong[0], index]} in row {wrong[0]} is not an option")


def _hidden(plan: Plan, sheets: int, ages: npt.NDArray[np.integer] | None) -> Flags:
    youngest = plan.instrument.audience.ages[0]
    years = np.full(sheets, youngest) if ages is None else ages
    gates = np.array([item.min_age or 0 for item in plan.items])
    hidden: Flags = gates[:, None] > years[None, :]
    return hidden


def _scale_columns(
    plan: Plan, part: Part, scored: Answers, asked: Flags
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    rows = list(part.indexes)
    answers, was_asked = scored[rows], asked[rows]
    given = answers != MISSING
    keys = np.column_stack([_count(was_asked), _count(given), _tallies(part.source, answers, given)])
    distinct, inverse = _distinct(keys)
    levels = [band.level for band in part.scale.bands]
    values = np.full(len(distinct), np.nan)
    bands = np.full(len(distinct), NO_BAND, dtype=np.int8)
    for row, (asked_count, answered, tallied) in enumerate(distinct.tolist()):
        value, level, _ = finish(plan.instrument, part.scale, (asked_count, answered), tallied)
        if value is not None:
            values[row] = value
        if level is not None:
            bands[row] = levels.index(level)
    return values[inverse], bands[inverse]


def _distinct(keys: Ints) -> tuple[Ints, npt.NDArray[np.intp]]:
    """Distinct rows and, for each row, which one it is. One number per row makes it a plain sort."""
    lowest = keys.min(axis=0, initial=0)
    spans = keys.max(axis=0, initial=0) - lowest + 1
    packed = np.zeros(len(keys), dtype=np.int64)
    for column in range(keys.shape[1]):
        packed = packed * spans[column] + (keys[:, column] - lowest[column])
    _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
    return keys[first], inverse


def _tallies(scale: Scale, answers: Answers, given: Flags) -> Ints:
    floor = scale.at_least or 0
    tallies: Ints
    if scale.method == "count_at_least":
        tallies = _count(given & (answers >= floor))
    elif scale.method == "psdi":
        positive = given & (answers >= floor)
        tallies = _count(positive) * PSDI_BASE + _total(answers, positive)
    elif scale.method == "count_equal":
        tallies = _count(given & (answers == scale.equal))
    elif scale.method == "max":
        tallies = answers.max(axis=0).astype(np.int64)
    elif scale.method == "weighted":
        tallies = np.array(scale.weights, dtype=np.int64) @ (answers * given)
    else:
        tallies = _total(answers, given)
    return tallies


def _total(answers: Answers, counted: Flags) -> Ints:
    # A scale can reach tens of thousands of points, too many for 16 bits.
    total: Ints = (answers * counted).sum(axis=0, dtype=np.int32).astype(np.int64)
    return total


def _count(flags: Flags) -> Ints:
    count: Ints = flags.view(np.int8).sum(axis=0, dtype=np.int16).astype(np.int64)
    return count


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
