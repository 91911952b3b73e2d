"""What the pack in force says of an instrument, for its page in the library. Registered with instruments in apps.py."""

from qingyan.alerts.queries import packs
from qingyan.alerts.rules.pack import MarkRule, Rule
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Statement, StatementLine


def statement(code: str) -> Statement:
    """The rules of the instrument, most urgent first as the pack lists them; or why its sheets raise nothing."""
    pack = packs.current()
    silence = pack.silence_of(code)
    return Statement(
        pack=pack.name,
        lines=tuple(_line(rule) for rule in pack.rules if rule.instrument == code),
        marked=tuple(_line(rule) for rule in pack.marked) if instruments.instrument(code).needs_wording else (),
        silence=silence.text if silence else "",
    )


def _line(rule: Rule | MarkRule) -> StatementLine:
    rate = rule.base_rate if isinstance(rule, Rule) else None
    return StatementLine(rule.level, rule.text, rule.source.text, rule.source.read, rate.text if rate else "")
