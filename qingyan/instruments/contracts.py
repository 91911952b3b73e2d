"""What may cross the border of this domain: plain frozen values. The front door is api.py.

Scores and the instrument's own shapes are decided in rules/; they are named here so that other domains
need to import nothing deeper.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from qingyan.instruments.rules.arithmetic import Number
from qingyan.instruments.rules.claims import Accuracy, ValidityRule
from qingyan.instruments.rules.local_norms import GroupBy, NewNorm, NormCell
from qingyan.instruments.rules.matrix import Columns
from qingyan.instruments.rules.parents import ForParents
from qingyan.instruments.rules.plan import Plan
from qingyan.instruments.rules.profiles import UnknownLayout
from qingyan.instruments.rules.review import Lack as ReviewLack
from qingyan.instruments.rules.review import Refusal as ReviewRefusal
from qingyan.instruments.rules.schema import Instrument, Item
from qingyan.instruments.rules.scores import FlaggedAnswer, InvalidAnswers, Reached, Reason, Scores, Validity
from qingyan.instruments.rules.vocabulary import Concern, Language
from qingyan.instruments.rules.wordings import Wording, WordingMissing

__all__ = [
    "Accuracy",
    "Columns",
    "Comparison",
    "Concern",
    "FlaggedAnswer",
    "ForParents",
    "GroupBy",
    "Instrument",
    "InstrumentNotReleased",
    "InstrumentSummary",
    "InvalidAnswers",
    "Item",
    "Language",
    "NewNorm",
    "NormCell",
    "Number",
    "Plan",
    "Problem",
    "Reached",
    "Reason",
    "ReviewLack",
    "ReviewRefusal",
    "ScoredFile",
    "Scores",
    "Statement",
    "StatementLine",
    "UnknownLayout",
    "Validity",
    "ValidityRule",
    "Wording",
    "WordingMissing",
]


class InstrumentNotReleased(LookupError):
    """No such code or version in released.lock, or the file is not the one that was released."""


@dataclass(frozen=True, slots=True)
class InstrumentSummary:
    """One released version for lists and choices. Ages in whole years, both included; recall in days."""

    code: str
    version: str
    digest: str
    title_zh: str
    title_en: str
    public_title_zh: str
    description_zh: str
    items: int
    youngest: int
    oldest: int
    recall_days: int | None
    stages: tuple[str, ...]
    screen_rules: tuple[str, ...]
    latest: bool
    needs_wording: bool = False
    informant: str = "self"

    @property
    def for_pupils(self) -> bool:
        """Whether a pupil can be asked it: answered by oneself, and its words are there."""
        return self.informant == "self" and not self.needs_wording


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of the library, in words. `where` is the file, `<code>/<version>.yaml` or released.lock."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How often our value equals a total stored in the file; `compared` rows have both."""

    column: str
    scale: str
    equal: int
    compared: int


@dataclass(frozen=True, slots=True)
class ScoredFile:
    """A scored data file: `rows` yields one tuple per line in the order of `columns`; it can be read once."""

    instrument: str
    version: str
    profile: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]
    count: int
    comparisons: tuple[Comparison, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One rule that a sheet of an instrument may meet. `level` is the alert's; `read`: seen at the source it names."""

    level: str
    text: str
    source: str
    read: bool
    base_rate: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sheet may lead to by itself: rules, or in `silence` why nothing. `pack` names the rules in force."""

    pack: str
    lines: tuple[StatementLine, ...] = ()
    marked: tuple[StatementLine, ...] = ()
    silence: str = ""
