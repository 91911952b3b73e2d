"""Risk rules judged: what was answered and scored goes in, findings with their reasons come out. Pure.

Thresholds are data of the pack (pack.py); storing a finding is actions/raising.py.
A finding is a proposal for a person, never a level of the pupil and never a diagnosis.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from qingyan.alerts.rules.findings import Finding, Met, Reason
from qingyan.alerts.rules.marks import MarkedAnswer, mark_faults, met_marks
from qingyan.alerts.rules.pack import (
    COMPARE,
    MOST_URGENT_FIRST,
    SIGNS,
    BandCondition,
    Condition,
    Example,
    ItemCondition,
    Level,
    Number,
    Pack,
    Rule,
    ScreenCondition,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one sheet. On a single save only `answers` is filled; `scores` None means not scorable.

    labels: item id -> the words of the chosen option; titles: scale id -> its title; both only for the reasons.
    reached: the conditions of the screening rule that were met, as (scale, op, value, score).
    marked: answers to items that the brought wording of this sheet marks; empty for words of the file.
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
    marked: tuple[MarkedAnswer, ...] = ()


HELP_REQUESTED: Final = "help_requested"


class UnfitPack(ValueError):
    """The pack contradicts itself; the message has one line per fault."""


def evaluate(pack: Pack, evidence: Evidence) -> list[Finding]:
    """Findings on a finished sheet, most urgent first; one a topic, with the reasons of all its rules of that level."""
    return _most_urgent([*_met_rules(pack.rules, evidence), *met_marks(pack, evidence.marked)])


def evaluate_at_once(pack: Pack, evidence: Evidence, *, saved: Iterable[str]) -> list[Finding]:
    """Findings that the items just saved give by themselves; the rest waits for the finished sheet."""
    touched = frozenset(saved)
    rules = (rule for rule in pack.rules if rule.at_once and rule.items & touched)
    marked = [answer for answer in evidence.marked if answer.item in touched]
    return _most_urgent([*_met_rules(rules, evidence), *met_marks(pack, marked)])


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
    counted = Counter([rule.id for rule in pack.rules] + [rule.id for rule in pack.marked])
    faults += [f"{rule_id}: the id is used twice" for rule_id, times in counted.items() if times > 1]
    faults += [fault for rule in pack.rules for fault in _faults(rule)]
    faults += [fault for rule in pack.marked for fault in mark_faults(rule)]
    spoken = {rule.instrument for rule in pack.rules}
    both = [one.instrument for one in pack.silent if one.instrument in spoken]
    faults += [f"{code}: has rules and says that it has none" for code in both]
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


def _met_rules(rules: Iterable[Rule], evidence: Evidence) -> Iterator[Met]:
    return (Met(rule.topic, rule.level, rule.id, _reason(rule, evidence)) for rule in rules if holds(rule, evidence))


def _most_urgent(met: Iterable[Met]) -> list[Finding]:
    topics: dict[str, list[Met]] = {}
    for one in sorted(met, key=lambda one: MOST_URGENT_FIRST.index(one.level)):
        topics.setdefault(one.topic, []).append(one)
    findings = []
    for same in topics.values():
        speaking = tuple(one.reason for one in same if one.level == same[0].level)
        findings.append(Finding(same[0].level, same[0].rule_id, speaking))
    return findings


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
