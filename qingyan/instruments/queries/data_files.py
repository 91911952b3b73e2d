"""Scores a CSV file of answers, for checking our keys against published data and for importing old surveys.

Which columns hold the answers is decided in rules/profiles.py from the header. A line with an answer that
is no option is reported and left unscored; it never stops the file. Nothing is stored.
"""

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from qingyan.instruments.contracts import Comparison, ScoredFile
from qingyan.instruments.rules.matrix import MISSING, NO_BAND, Columns, score_many
from qingyan.instruments.rules.plan import Plan
from qingyan.instruments.rules.profiles import UnknownLayout, answer, detect, positions, profile_columns
from qingyan.instruments.rules.schema import ImportProfile

SCREEN_WORDS = {1: "positive", 0: "negative", -1: ""}


@dataclass(frozen=True, slots=True)
class Table:
    """A file in memory: header and lines, all text."""

    header: Sequence[str]
    lines: Sequence[Sequence[str]]


def score_table(plan: Plan, path: Path, *, offset: int | None = None, rule: str | None = None) -> ScoredFile:
    """Scores every line of a .csv or .csv.gz file (UTF-8, else GB 18030), held in memory as a whole.

    `offset` is added to each value and replaces the layout's own. Raises UnknownLayout, OSError, and KeyError
    for an unknown screening rule.
    """
    table = _read(path)
    profile = detect(plan.instrument, table.header)
    shift = profile.offset if offset is None else offset
    matrix, faults = _matrix(plan, profile, table, shift)
    columns = score_many(plan, matrix, rule=rule)
    notes = [f"{len(table.lines)} lines, layout {profile.id}, offset {shift:+d}"]
    if plan.not_asked(None):
        notes.append("ages are not read: an empty cell of an age-gated item counts as not asked")
    if faults:
        notes.append(f"{len(faults)} lines not scored: " + "; ".join(list(faults.values())[:3]))
    return ScoredFile(
        instrument=plan.code,
        version=plan.version,
        profile=profile.id,
        columns=("line", *_column_names(plan)),
        rows=_rows(plan, columns, set(faults)),
        count=len(table.lines),
        comparisons=tuple(_comparisons(profile, table, columns, set(faults))),
        notes=tuple(notes),
    )


def _read(path: Path) -> Table:
    raw = path.read_bytes()
    data = gzip.decompress(raw) if path.suffix == ".gz" else raw
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    lines = list(csv.reader(text.splitlines()))
    if not lines:
        raise UnknownLayout("the file is empty")
    return Table(lines[0], [line for line in lines[1:] if line])


def _matrix(
    plan: Plan, profile: ImportProfile, table: Table, offset: int
) -> tuple[npt.NDArray[np.int8], dict[int, str]]:
    """Answers as int8 and, by row, the fault of each line that cannot be scored (its answers are all missing)."""
    places = positions(table.header)
    wanted = [places[column.lower()] for column in profile_columns(plan.instrument, profile)]
    matrix = np.full((len(table.lines), len(wanted)), MISSING, dtype=np.int8)
    faults: dict[int, str] = {}
    for row, line in enumerate(table.lines):
        try:
            answers = [answer(line[place], profile, offset) for place in wanted]
        except (ValueError, IndexError) as error:
            faults[row] = f"line {row + 2}: {error}"
            continue
        wrong = [i for i, value in enumerate(answers) if value is not None and not plan.valid(i, value)]
        if wrong:
            faults[row] = f"line {row + 2}: {plan.items[wrong[0]].id} = {answers[wrong[0]]} is not an option"
            continue
        matrix[row] = [MISSING if value is None else value for value in answers]
    return matrix, faults


def _column_names(plan: Plan) -> tuple[str, ...]:
    names: list[str] = []
    for scale in plan.instrument.scales:
        names.append(scale.id)
        if scale.bands:
            names.append(f"{scale.id}.band")
    return (*names, "screen")


def _rows(plan: Plan, columns: Columns, faulty: set[int]) -> Iterator[tuple[object, ...]]:
    scales = plan.instrument.scales
    for row in range(len(columns["screen"])):
        cells: list[object] = [row + 2]
        for scale in scales:
            value = float(columns[scale.id][row])
            empty = row in faulty or np.isnan(value)
            cells.append(None if empty else (int(value) if scale.digits == 0 else value))
            if scale.bands:
                band = int(columns[f"{scale.id}.band"][row])
                cells.append("" if empty or band == NO_BAND else scale.bands[band].level)
        cells.append("" if row in faulty else SCREEN_WORDS[int(columns["screen"][row])])
        yield tuple(cells)


def _comparisons(profile: ImportProfile, table: Table, columns: Columns, faulty: set[int]) -> Iterator[Comparison]:
    places = positions(table.header)
    for total in profile.totals:
        place = places.get(total.column.lower())
        if place is None:
            continue
        equal = compared = 0
        for row, line in enumerate(table.lines):
            value = float(columns[total.scale][row])
            stored = line[place].strip() if place < len(line) else ""
            if row in faulty or np.isnan(value) or not stored:
                continue
            compared += 1
            equal += float(stored) + total.offset == value
        yield Comparison(total.column, total.scale, equal, compared)
