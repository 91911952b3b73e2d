"""What a rule finds: a level, the rule, and the reasons in plain words. Pure."""

from dataclasses import dataclass

from qingyan.alerts.rules.pack import Level


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


@dataclass(frozen=True, slots=True)
class Met:
    """A rule that holds, before the topics are weighed against each other."""

    topic: str
    level: Level
    rule_id: str
    reason: Reason
