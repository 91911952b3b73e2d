"""The reference: an instrument and one sheet of answers become Scores, written to be read, not to be fast.

An item the sheet left out because of its age gate is "not asked": it is no missing answer and is never made
up for, so a sum without it is a lower bound. A gated item that was answered all the same counts, because
evidence is never dropped. plan.py and matrix.py must agree with this file on every sheet (property test).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from qingyan.instruments.rules.arithmetic import Number, band_level, exact, option_range, rounded, turned
from qingyan.instruments.rules.schema import Instrument, Scale
from qingyan.instruments.rules.scores import RULE_VERSION, FlaggedAnswer, InvalidAnswers, Reason, Scores
from qingyan.instruments.rules.screens import chosen_rule, judge
from qingyan.instruments.rules.validity import validity

Answers = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Scored answers (reversed items turned) by item id, and the ids of the items that were asked."""

    scored: dict[str, int]
    asked: frozenset[str]


def score(
    instrument: Instrument, answers: Answers, *, digest: str = "", age: int | None = None, rule: str | None = None
) -> Scores:
    """Scores of one sheet; answers in the file's item order, None where there is none.

    `age` in whole years decides which items were asked (see `gated`); `rule` names a screening rule.
    Raises InvalidAnswers for a wrong length or a value outside the options, KeyError for an unknown rule.
    """
    refuse_invalid(instrument, answers)
    sheet = _sheet(instrument, answers, age)
    values, not_scorable = _scale_values(instrument, sheet)
    chosen = chosen_rule(instrument, rule)
    screen, reasons = judge(chosen, values)
    critical, watched = flagged(instrument, answers)
    return Scores(
        instrument=instrument.code,
        version=instrument.version,
        digest=digest,
        rule_version=RULE_VERSION,
        values=values,
        bands=_bands(instrument, values),
        not_scorable=not_scorable,
        screen=screen,
        screen_rule=chosen.id if chosen else None,
        screen_reasons=reasons,
        critical=critical,
        watched=watched,
        missing=tuple(i.id for i in instrument.items if i.id in sheet.asked and i.id not in sheet.scored),
        not_asked=tuple(i.id for i in instrument.items if i.id not in sheet.asked),
        validity=validity(instrument, values),
    )


def gated(instrument: Instrument, age: int | None) -> frozenset[int]:
    """Indexes of the items kept from someone of this age.

    An unknown age is taken as the youngest the instrument is for, so an unknown birthday never opens a gate.
    """
    years = instrument.audience.ages[0] if age is None else age
    return frozenset(i for i, item in enumerate(instrument.items) if item.min_age is not None and item.min_age > years)


def refuse_invalid(instrument: Instrument, answers: Answers) -> None:
    """Raises InvalidAnswers unless every answer is None or one of its item's option values."""
    if len(answers) != len(instrument.items):
        raise InvalidAnswers(
            f"{instrument.code} has {len(instrument.items)} items, the sheet has {len(answers)} answers"
        )
    for item, answer in zip(instrument.items, answers, strict=True):
        if answer is not None and answer not in {option.value for option in instrument.options_of(item)}:
            raise InvalidAnswers(f"{instrument.code} {item.id}: {answer!r} is not an option")


def flagged(instrument: Instrument, answers: Answers) -> tuple[tuple[FlaggedAnswer, ...], tuple[FlaggedAnswer, ...]]:
    """Answers above the lowest option on critical items, and on watched items."""
    critical: list[FlaggedAnswer] = []
    watched: list[FlaggedAnswer] = []
    for index, item in enumerate(instrument.items):
        answer = answers[index]
        if answer is None or not (item.critical or item.watch):
            continue
        lowest, highest = option_range(instrument, item)
        if answer > lowest:
            found = FlaggedAnswer(index, item.id, answer, lowest, highest, item.concern)
            (critical if item.critical else watched).append(found)
    return tuple(critical), tuple(watched)


def scale_value(instrument: Instrument, scale: Scale, sheet: Sheet) -> Fraction | Reason:
    """The exact, unrounded value of one scale, or the reason why there is none."""
    if scale.method == "t_score":
        return _t_score(instrument, scale, sheet)
    asked = [item_id for item_id in scale.items if item_id in sheet.asked]
    scored = [sheet.scored[item_id] for item_id in asked if item_id in sheet.scored]
    refusal = _refusal(scale, len(asked), len(scored))
    if refusal is not None:
        return refusal
    if scale.method == "mean":
        return Fraction(sum(scored) * scale.multiplier, len(scored))
    if scale.method == "psdi":
        positive = [value for value in scored if value >= (scale.at_least or 0)]
        return Fraction(sum(positive) * scale.multiplier, len(positive)) if positive else Reason.NO_POSITIVE_ITEM
    amount = Fraction(_amount(scale, scored) * scale.multiplier)
    if scale.missing is not None and scale.missing.treat == "prorate":
        return amount * len(asked) / len(scored)
    return amount


def _sheet(instrument: Instrument, answers: Answers, age: int | None) -> Sheet:
    hidden = gated(instrument, age)
    scored: dict[str, int] = {}
    asked: set[str] = set()
    for index, item in enumerate(instrument.items):
        answer = answers[index]
        if answer is not None:
            both_ends = turned(instrument, item)
            scored[item.id] = answer if both_ends is None else both_ends - answer
        if answer is not None or index not in hidden:
            asked.add(item.id)
    return Sheet(scored, frozenset(asked))


def _scale_values(instrument: Instrument, sheet: Sheet) -> tuple[dict[str, Number | None], dict[str, Reason]]:
    values: dict[str, Number | None] = {}
    not_scorable: dict[str, Reason] = {}
    for scale in instrument.scales:
        result = scale_value(instrument, scale, sheet)
        if isinstance(result, Reason):
            values[scale.id], not_scorable[scale.id] = None, result
        else:
            values[scale.id] = rounded(result, scale.digits)
    return values, not_scorable


def _bands(instrument: Instrument, values: dict[str, Number | None]) -> dict[str, str]:
    bands: dict[str, str] = {}
    for scale in instrument.scales:
        value = values[scale.id]
        level = None if value is None else band_level(scale, value)
        if level is not None:
            bands[scale.id] = level
    return bands


def _refusal(scale: Scale, asked: int, answered: int) -> Reason | None:
    if asked == 0 or (scale.method == "weighted" and asked < len(scale.items)):
        return Reason.NOT_ASKED
    allowed = scale.missing.allowed(asked) if scale.missing else 0
    if answered == 0 or asked - answered > allowed:
        return Reason.MISSING_ANSWERS
    return None


def _amount(scale: Scale, scored: list[int]) -> int:
    if scale.method == "sum":
        return sum(scored)
    if scale.method == "weighted":
        return sum(weight * value for weight, value in zip(scale.weights, scored, strict=True))
    if scale.method == "max":
        return max(scored)
    if scale.method == "count_at_least":
        return sum(value >= (scale.at_least or 0) for value in scored)
    return sum(value == scale.equal for value in scored)


def _t_score(instrument: Instrument, scale: Scale, sheet: Sheet) -> Fraction | Reason:
    base = instrument.scale(scale.of or "")
    if not sheet.asked.issuperset(base.items):
        return Reason.NOT_ASKED
    value = scale_value(instrument, base, sheet)
    if isinstance(value, Reason):
        return value
    norm = next(norm for norm in instrument.norms if norm.id == scale.norm)
    return 50 + 10 * (value - exact(norm.mean)) / exact(norm.sd)
