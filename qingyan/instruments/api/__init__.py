"""The front door of the instruments domain: definitions, scoring plans, what a pupil's page may know.

Other domains import this folder and contracts.py only. This file needs no Django; words that organisations brought
lie in the database, their door is wordings.py. Which instrument a campaign uses is decided in screening;
what a critical answer leads to, in alerts.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qingyan.instruments.contracts import (
    Accuracy,
    Columns,
    ForParents,
    Instrument,
    InstrumentSummary,
    Language,
    Number,
    Plan,
    Problem,
    Reached,
    ScoredFile,
    Wording,
)
from qingyan.instruments.queries import data_files, library
from qingyan.instruments.queries.statements import Teller, register_teller
from qingyan.instruments.rules import manual as manual_rules
from qingyan.instruments.rules import matrix as matrix_rules
from qingyan.instruments.rules import parents as parents_rules
from qingyan.instruments.rules import presentation as presentation_rules
from qingyan.instruments.rules.screens import chosen_rule, judge


def released() -> list[InstrumentSummary]:
    """Every released version, by code and version."""
    return library.summaries()


def instrument(code: str, version: str | None = None) -> Instrument:
    """The definition, the newest version when none is named. Raises InstrumentNotReleased."""
    return library.load_plan(code, version).instrument


def plan(code: str, version: str | None = None) -> Plan:
    """The compiled scoring plan, cached for the life of the process. Raises InstrumentNotReleased."""
    return library.load_plan(code, version)


def presentation(
    code: str, version: str | None = None, *, age: int | None, language: Language = "zh", words: Wording | None = None
) -> dict[str, Any]:
    """What the pupil's page needs and nothing more; see rules/presentation.py. `words`: those that were brought.

    Raises InstrumentNotReleased, and WordingMissing where the file ships no text and none is given.
    """
    return presentation_rules.presentation(instrument(code, version), age=age, language=language, words=words)


def for_parents(code: str, version: str, language: Language = "zh") -> ForParents:
    """What parents may read about it: plain words, length, source, harmless items. Raises InstrumentNotReleased."""
    return parents_rules.for_parents(instrument(code, version), language)


def accuracy(code: str, version: str | None = None) -> tuple[Accuracy, ...]:
    """Published figures of how often the screens were right: ranges in percent, each with its sample and evidence.

    Empty where nothing was read at its source. Raises InstrumentNotReleased.
    """
    return instrument(code, version).accuracy


def judged(
    code: str, version: str, values: Mapping[str, Number | None], *, rule: str | None = None
) -> tuple[bool | None, tuple[Reached, ...]]:
    """Whether stored values of the scales meet a screening rule (default: the first), and by what; None: undecided.

    Raises InstrumentNotReleased, KeyError for an unknown rule or a scale without a value in `values`.
    """
    return judge(chosen_rule(instrument(code, version), rule), values)


def score_many(
    code: str,
    matrix: npt.NDArray[np.int8],
    version: str | None = None,
    *,
    ages: npt.NDArray[np.integer] | None = None,
    rule: str | None = None,
) -> Columns:
    """Columns for a sheets x items int8 matrix with -1 for a missing answer; see rules/matrix.py for their names.

    Raises InstrumentNotReleased, InvalidAnswers, KeyError for an unknown screening rule.
    """
    return matrix_rules.score_many(plan(code, version), matrix, ages=ages, rule=rule)


def check() -> list[Problem]:
    """Every fault of the library: definitions, worked examples, lock. Empty when all is well."""
    return list(library.problems())


def score_file(
    code: str, path: Path, version: str | None = None, *, offset: int | None = None, rule: str | None = None
) -> ScoredFile:
    """Scores a CSV or CSV.gz file, its layout found from the header, and compares totals stored in it.

    `offset` is added to each value instead of the layout's own (-1 for answers coded one too high).
    Raises InstrumentNotReleased, UnknownLayout, OSError, KeyError for an unknown screening rule.
    """
    return data_files.score_table(plan(code, version), path, offset=offset, rule=rule)


def manual() -> str:
    """The clinicians' manual in Markdown, generated from the released files."""
    return manual_rules.manual([(plan.instrument, plan.digest) for plan in library.released_plans()])


def tell_what_raises_with(teller: Teller) -> None:
    """Let the domain that decides what a sheet leads to say so on the instrument's page. Called once, at the start."""
    register_teller(teller)
