"""The shape of a rule pack (library/<code>/<version>.yaml): rules, marked items, silence, what a level asks. Pure.

Thresholds are data of the pack, never here. How rules are judged is judging.py, items that an organisation marked in
its own wording are marks.py; reading packs from disk is queries/packs.py.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from qingyan.instruments.contracts import Concern

Number = int | float
Level = Literal["red", "orange", "yellow"]
Op = Literal[">=", ">", "==", "<", "<="]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, Field(min_length=1)]

MOST_URGENT_FIRST: Final[tuple[Level, ...]] = ("red", "orange", "yellow")
COMPARE: Final[Mapping[str, Callable[[Number, Number], bool]]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "==": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
}
SIGNS: Final[Mapping[str, str]] = {">=": "≥", ">": "＞", "==": "＝", "<": "＜", "<=": "≤"}


MARK_JOIN: Final = "__"  # between a mark's rule and the item it was found at


class Strict(BaseModel):
    """Refuses unknown keys and silent conversions."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ItemCondition(Strict):
    """True when this item's stored answer stands so to the value; an unanswered item is never true."""

    item: Id
    op: Op
    value: int


class ScaleCondition(Strict):
    """True when this scale could be scored and stands so to the value."""

    scale: Id
    op: Op
    value: Number


class BandCondition(Strict):
    """True when this scale lies in one of these bands of the instrument."""

    scale: Id
    bands: tuple[Id, ...]


class ScreenCondition(Strict):
    """True when the instrument's own screening rule is met; undecided is not met."""

    screen: Literal["positive"]


Condition = ItemCondition | ScaleCondition | BandCondition | ScreenCondition


class Reference(Strict):
    """Where a threshold comes from; `read: false` means it must be checked at the source before clinical use."""

    text: Text
    read: bool


class Example(Strict):
    """Evidence just at the rule's boundary, and whether the rule holds for it (before topics are weighed)."""

    why: Text
    holds: bool
    answers: dict[Id, int] = {}
    scores: dict[Id, Number] = {}
    bands: dict[Id, Id] = {}
    screen: bool | None = None
    age: int | None = None


class Rule(Strict):
    """All conditions must hold. Of the rules of one topic only the most urgent speaks.

    `base_rate`: how many it flags, and how often rightly, in a named sample; none where nothing was read.
    """

    id: Id
    instrument: Code
    topic: Id
    level: Level
    text: Text
    when: Annotated[tuple[Condition, ...], Field(min_length=1)]
    ages: tuple[int, int] | None = None
    source: Reference
    base_rate: Reference | None = None
    examples: Annotated[tuple[Example, ...], Field(min_length=2)]

    @property
    def at_once(self) -> bool:
        """Whether single answers suffice, so that it is judged at every save and not only on the finished sheet."""
        return all(isinstance(condition, ItemCondition) for condition in self.when)

    @property
    def items(self) -> frozenset[str]:
        """The items that it reads."""
        return frozenset(condition.item for condition in self.when if isinstance(condition, ItemCondition))


class MarkExample(Strict):
    """One answer between the lowest and the highest of its item, and whether the mark's rule holds for it."""

    why: Text
    answer: int
    lowest: int
    highest: int
    holds: bool


class MarkRule(Strict):
    """What an item means that an organisation marked in the wording it brought: by its concern, wherever it stands.

    `reach` is the share, in percent of the way from the lowest to the highest answer, from which it holds; the lowest
    answer never does. So one rule fits yes/no as well as five steps.
    """

    id: Id
    concern: Concern
    topic: Id
    level: Level
    reach: Annotated[int, Field(ge=1, le=100)]
    text: Text
    source: Reference
    examples: Annotated[tuple[MarkExample, ...], Field(min_length=2)]


class Silence(Strict):
    """An instrument whose sheets raise nothing on their own, and why; pages say so."""

    instrument: Code
    text: Text


class LevelPlan(Strict):
    """What a level asks of people: by when the first talk is due, and the plain steps."""

    within_hours: Annotated[int, Field(ge=1, le=24 * 31)]
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]


class HelpPlan(Strict):
    """What it means when a pupil asks for a talk while answering: not a judgement, an appointment."""

    level: Level
    text: Text


class Pack(Strict):
    """A versioned rule pack. `signed_by` null: a demonstration which no clinician has signed; pages say so."""

    code: Code
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    about: Text
    signed_by: Text | None
    signed_on: Text | None
    levels: dict[Level, LevelPlan]
    help_requested: HelpPlan
    rules: tuple[Rule, ...]
    marked: tuple[MarkRule, ...] = ()
    silent: tuple[Silence, ...] = ()

    @property
    def name(self) -> str:
        """Code and version as alerts store it, e.g. "default/1.0"."""
        return f"{self.code}/{self.version}"

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, None when this version has none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)

    def mark_rule(self, rule_id: str) -> MarkRule | None:
        """The mark's rule behind the rule id of an alert, which ends in the item ("marked_attempt_red__q85")."""
        return next((rule for rule in self.marked if rule.id == rule_id.partition(MARK_JOIN)[0]), None)

    def silence_of(self, instrument: str) -> Silence | None:
        """Why the instrument raises nothing on its own; None where it has rules, or nobody has said."""
        return next((one for one in self.silent if one.instrument == instrument), None)
