"""What scoring gives back: plain frozen values with the reasons beside them. No arithmetic here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qingyan.instruments.rules.arithmetic import Number
from qingyan.instruments.rules.vocabulary import Concern

# Raise when any result could change for the same file and answers; results store it beside the file's hash.
RULE_VERSION: Final = "1"


class Reason(StrEnum):
    """Why a scale has no value. A value is never replaced by 0 or NaN."""

    MISSING_ANSWERS = "missing_answers"
    NOT_ASKED = "not_asked"
    NO_POSITIVE_ITEM = "no_positive_item"


class InvalidAnswers(ValueError):
    """The sheet does not fit the instrument: wrong length, or a value that is not one of the item's options."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One condition behind a screening outcome. `score` is None when the scale could not be scored."""

    scale: str
    op: str
    value: Number
    score: Number | None


@dataclass(frozen=True, slots=True)
class FlaggedAnswer:
    """An answer above the lowest option on a critical or watched item: evidence, not yet a decision."""

    index: int
    item: str
    value: int
    lowest: int
    highest: int
    concern: Concern | None


@dataclass(frozen=True, slots=True)
class Validity:
    """What the lie scale says about the sheet: doubtful, not doubtful, or None when the scale has no value.

    `rule` names the rule of the file (its `reason` says it in words); op, value and score are the condition judged.
    """

    rule: str
    doubtful: bool | None
    scale: str
    op: str
    value: Number
    score: Number | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The result of one sheet.

    values: every scale id -> whole number or decimal float, or None; `not_scorable` then says why.
    bands: scale id -> level, only for scales that have bands and a value.
    screen: True, False, or None (undecided because of missing answers, or the file has no screening rule).
    screen_reasons: the conditions reached; when undecided, those that could not be judged.
    validity: what the lie scale says, None where the file has none. A doubtful sheet keeps its scores and its flags.
    digest: sha-256 of the instrument file, hex.
    """

    instrument: str
    version: str
    digest: str
    rule_version: str
    values: Mapping[str, Number | None]
    bands: Mapping[str, str]
    not_scorable: Mapping[str, Reason]
    screen: bool | None
    screen_rule: str | None
    screen_reasons: tuple[Reached, ...]
    critical: tuple[FlaggedAnswer, ...]
    watched: tuple[FlaggedAnswer, ...]
    missing: tuple[str, ...]
    not_asked: tuple[str, ...]
    validity: Validity | None = None
