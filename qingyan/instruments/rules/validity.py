"""Judges whether a sheet is doubtful by its lie scale. The operator and the limit are data of the file.

Nothing is dropped for it: a doubtful sheet keeps its scores, its screen and its critical answers.
"""

from collections.abc import Mapping

from qingyan.instruments.rules.arithmetic import COMPARE, Number
from qingyan.instruments.rules.claims import ValidityRule
from qingyan.instruments.rules.schema import Instrument
from qingyan.instruments.rules.scores import Validity


def validity_rule(instrument: Instrument, rule: str | None = None) -> ValidityRule | None:
    """The named rule, or the file's default (its first); None when the file has none. KeyError for an unknown name."""
    if rule is None:
        return instrument.validity[0] if instrument.validity else None
    for one in instrument.validity:
        if one.id == rule:
            return one
    raise KeyError(f"{instrument.code} has no validity rule {rule!r}")


def validity(
    instrument: Instrument, values: Mapping[str, Number | None], *, rule: str | None = None
) -> Validity | None:
    """What the lie scale says about the values of one sheet; None when the file has no such rule."""
    chosen = validity_rule(instrument, rule)
    if chosen is None:
        return None
    score = values[chosen.scale]
    doubtful = None if score is None else COMPARE[chosen.op](score, chosen.value)
    return Validity(chosen.id, doubtful, chosen.scale, chosen.op, chosen.value, score)
