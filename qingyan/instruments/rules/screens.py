"""Judges a screening rule against scale values. The operators are data of the file, never chosen here."""

from collections.abc import Mapping

from qingyan.instruments.rules.arithmetic import COMPARE, Number
from qingyan.instruments.rules.schema import Instrument, ScreenRule
from qingyan.instruments.rules.scores import Reached

Outcome = tuple[bool | None, tuple[Reached, ...]]


def chosen_rule(instrument: Instrument, rule: str | None) -> ScreenRule | None:
    """The named rule, or the file's default (its first); None when the file has none. KeyError for an unknown name."""
    if rule is None:
        return instrument.screens[0] if instrument.screens else None
    for screen in instrument.screens:
        if screen.id == rule:
            return screen
    raise KeyError(f"{instrument.code} has no screening rule {rule!r}")


def judge(rule: ScreenRule | None, values: Mapping[str, Number | None]) -> Outcome:
    """Whether the rule is met, with the conditions behind it; undecided when a missing value could change it."""
    if rule is None:
        return None, ()
    reached: list[Reached] = []
    unknown: list[Reached] = []
    met: list[bool | None] = []
    for condition in rule.conditions:
        compare = COMPARE[condition.op]
        verdict: bool | None = False
        for scale in condition.scales:
            score = values[scale]
            if score is None:
                unknown.append(Reached(scale, condition.op, condition.value, None))
                verdict = verdict or None
            elif compare(score, condition.value):
                reached.append(Reached(scale, condition.op, condition.value, score))
                verdict = True
        met.append(verdict)
    outcome = _any(met) if rule.join == "any" else _all(met)
    return outcome, tuple(unknown if outcome is None else reached)


def _any(verdicts: list[bool | None]) -> bool | None:
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _all(verdicts: list[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True
