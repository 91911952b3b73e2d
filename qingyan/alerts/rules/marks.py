"""Items that an organisation marked in the wording it brought, judged by their concern. Pure.

The file of such an instrument does not know its items, so the pack has rules for concerns, not for item numbers. That
the marks were confirmed by two people is decided before any round can use the words (instruments).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qingyan.alerts.rules.findings import Met, Reason
from qingyan.alerts.rules.pack import MARK_JOIN, MarkRule, Pack
from qingyan.instruments.contracts import Concern


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """An answer to a marked item. `value` counts upwards with the concern; `number` is the item's place from 1."""

    item: str
    number: int
    concern: Concern
    value: int
    lowest: int
    highest: int
    label: str = ""


def met_marks(pack: Pack, answers: Iterable[MarkedAnswer]) -> Iterator[Met]:
    """Every mark's rule that an answer meets; the item is part of the rule id, so that each item raises for itself."""
    for answer in answers:
        for rule in pack.marked:
            if rule.concern == answer.concern and reaches(rule, answer.value, answer.lowest, answer.highest):
                detail = f"第 {answer.number} 题，作答：{answer.label or answer.value}"
                yield Met(rule.topic, rule.level, f"{rule.id}{MARK_JOIN}{answer.item}", Reason(rule.text, detail))


def reaches(rule: MarkRule, value: int, lowest: int, highest: int) -> bool:
    """Whether the answer lies far enough above the lowest one, in exact whole numbers."""
    return value > lowest and 100 * (value - lowest) >= rule.reach * (highest - lowest)


def mark_faults(rule: MarkRule) -> list[str]:
    """Where the rule's examples disagree with it, or one side of its boundary has none."""
    faults = []
    if {example.holds for example in rule.examples} != {True, False}:
        faults.append(f"{rule.id}: needs an example on each side of its boundary")
    for example in rule.examples:
        if reaches(rule, example.answer, example.lowest, example.highest) is not example.holds:
            faults.append(f"{rule.id}: the example “{example.why}” gives the opposite")
    return faults
