"""Risk rules: what was answered and scored goes in, findings with their reasons come out. Pure.

Decides the shape of a rule pack (library/<code>/<version>.yaml) and how its rules are judged. The thresholds
are data of the pack, never here; storing a finding is actions.py; reading packs from disk is queries/packs.py.
A finding is a proposal for a person, never a level of the pupil and never a diagnosis.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

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
    """All conditions must hold. Of the rules of one topic only the most urgent speaks."""

    id: Id
    instrument: Code
    topic: Id
    level: Level
    text: Text
    when: Annotated[tuple[Condition, ...], Field(min_length=1)]
    ages: tuple[int, int] | None = None
    source: Reference
    examples: Annotated[tuple[Example, ...], Field(min_length=2)]

    @property
    def at_once(self) -> bool:
        """Whether single answers suffice, so that it is judged at every save and not only on the finished sheet."""
        return all(isinstance(condition, ItemCondition) for condition in self.when)

    @property
    def items(self) -> frozenset[str]:
        """The items that it reads."""
        return frozenset(condition.item for condition in self.when if isinstance(condition, ItemCondition))


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

    @property
    def name(self) -> str:
        """Code and version as alerts store it, e.g. "default/1.0"."""
        return f"{self.code}/{self.version}"

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with this id, None when this version has none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one sheet. On a single save only `answers` is filled; `scores` None means not scorable.

    labels: item id -> the words of the chosen option; titles: scale id -> its title; both only for the reasons.
    reached: the conditions of the screening rule that were met, as (scale, op, value, score).
    """

    instrument: str
    answers: Mapping[str, int | None]
    scores: Mapping[str, Number | None] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    screen: bool | None = None
    age: int | None = None
    reached: tuple[tuple[str, str, Number, Number | None], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in plain words, and the figure behind it."""

    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule holds, and why."""

    level: Level
    rule_id: str
    because: tuple[Reason, ...]


HELP_REQUESTED: Final = "help_requested"


class UnfitPack(ValueError):
    """The pack contradicts itself; the message has one line per fault."""


def evaluate(pack: Pack, evidence: Evidence) -> list[Finding]:
    """Findings on a finished sheet, most urgent first; one a topic, with the reasons of all its rules of that level."""
    return _most_urgent(pack.rules, evidence)


def evaluate_at_once(pack: Pack, evidence: Evidence, *, saved: Iterable[str]) -> list[Finding]:
    """Findings that the items just saved give by themselves; the rest waits for the finished sheet."""
    touched = frozenset(saved)
    return _most_urgent((rule for rule in pack.rules if rule.at_once and rule.items & touched), evidence)


def asked_for_help(pack: Pack) -> Finding:
    """The finding that a pupil asks for a talk."""
    return Finding(pack.help_requested.level, HELP_REQUESTED, (Reason(pack.help_requested.text, ""),))


def holds(rule: Rule, evidence: Evidence) -> bool:
    """Whether every condition of the rule is met and the age, when the rule names ages, is known and within."""
    if rule.instrument != evidence.instrument:
        return False
    if rule.ages is not None and (evidence.age is None or not rule.ages[0] <= evidence.age <= rule.ages[1]):
        return False
    return all(_met(condition, evidence) for condition in rule.when)


def due_at(pack: Pack, level: Level, *, raised_at: datetime) -> datetime:
    """By when the first talk should have taken place."""
    return raised_at + timedelta(hours=pack.levels[level].within_hours)


def check(pack: Pack) -> None:
    """Raise UnfitPack when ids repeat, a level has no plan, examples disagree, or one side of a rule has no example."""
    faults = [f"level {level} has no plan" for level in MOST_URGENT_FIRST if level not in pack.levels]
    if (pack.signed_by is None) is not (pack.signed_on is None):
        faults.append("signed_by and signed_on belong together")
    seen: set[str] = set()
    for rule in pack.rules:
        if rule.id in seen:
            faults.append(f"{rule.id}: the id is used twice")
        seen.add(rule.id)
        faults += _faults(rule)
    if faults:
        raise UnfitPack("\n".join(faults))


def example_evidence(rule: Rule, example: Example) -> Evidence:
    """The example as evidence of the rule's instrument."""
    return Evidence(rule.instrument, example.answers, example.scores, example.bands, example.screen, example.age)


def _faults(rule: Rule) -> list[str]:
    faults = []
    if {example.holds for example in rule.examples} != {True, False}:
        faults.append(f"{rule.id}: needs an example on each side of its boundary")
    for example in rule.examples:
        if holds(rule, example_evidence(rule, example)) is not example.holds:
            faults.append(f"{rule.id}: the example “{example.why}” gives the opposite")
    return faults


def _most_urgent(rules: Iterable[Rule], evidence: Evidence) -> list[Finding]:
    topics: dict[str, list[Rule]] = {}
    for rule in sorted((rule for rule in rules if holds(rule, evidence)), key=_urgency):
        topics.setdefault(rule.topic, []).append(rule)
    findings = []
    for met in topics.values():
        speaking = [rule for rule in met if rule.level == met[0].level]
        findings.append(Finding(met[0].level, met[0].id, tuple(_reason(rule, evidence) for rule in speaking)))
    return findings


def _urgency(rule: Rule) -> int:
    return MOST_URGENT_FIRST.index(rule.level)


def _met(condition: Condition, evidence: Evidence) -> bool:
    if isinstance(condition, ScreenCondition):
        return evidence.screen is True
    if isinstance(condition, BandCondition):
        return evidence.bands.get(condition.scale) in condition.bands
    value: Number | None
    if isinstance(condition, ItemCondition):
        value = evidence.answers.get(condition.item)
    else:
        value = evidence.scores.get(condition.scale)
    return value is not None and COMPARE[condition.op](value, condition.value)


def _reason(rule: Rule, evidence: Evidence) -> Reason:
    details = [_detail(condition, evidence) for condition in rule.when]
    return Reason(rule.text, "；".join(detail for detail in details if detail))


def _detail(condition: Condition, evidence: Evidence) -> str:
    if isinstance(condition, ItemCondition):
        return f"作答：{evidence.labels.get(condition.item) or evidence.answers.get(condition.item)}"
    if isinstance(condition, ScreenCondition):
        return "；".join(_compared(evidence, scale, op, value, score) for scale, op, value, score in evidence.reached)
    if isinstance(condition, BandCondition):
        return f"{evidence.titles.get(condition.scale, '得分')} {evidence.scores.get(condition.scale)}"
    return _compared(evidence, condition.scale, condition.op, condition.value, evidence.scores.get(condition.scale))


def _compared(evidence: Evidence, scale: str, op: str, value: Number, score: Number | None) -> str:
    return f"{evidence.titles.get(scale, scale)} {score}（提示线 {SIGNS[op]} {value}）"
