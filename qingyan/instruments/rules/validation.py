"""Decides whether an instrument file may be used: `parse` refuses a file whose parts do not fit together.

The types are checked in schema.py. Worked examples are run in examples.py. Each check below yields one
sentence per fault and is listed in CHECKS; a new rule is a new function there with its own test.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from pydantic import ValidationError

from qingyan.instruments.rules.arithmetic import exact, possible_range
from qingyan.instruments.rules.examples import example_answers
from qingyan.instruments.rules.schema import Instrument, Scale
from qingyan.instruments.rules.vocabulary import Concern

MUST_BE_GATED: Final = frozenset({Concern.SUICIDAL_THOUGHT, Concern.SUICIDE_ATTEMPT, Concern.SELF_HARM})
COUNTING: Final = frozenset({"count_at_least", "count_equal"})
TREATMENTS: Final[Mapping[str, frozenset[str]]] = {
    "sum": frozenset({"prorate", "not_scorable"}),
    "mean": frozenset({"mean_of_answered", "not_scorable"}),
    "weighted": frozenset({"not_scorable"}),
    "max": frozenset({"answered_only", "not_scorable"}),
    "psdi": frozenset({"answered_only", "not_scorable"}),
    "count_at_least": frozenset({"prorate", "answered_only", "not_scorable"}),
    "count_equal": frozenset({"prorate", "answered_only", "not_scorable"}),
}


class DefinitionRefused(ValueError):
    """The file is not a valid instrument; `problems` holds one sentence per fault."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def parse(data: object) -> Instrument:
    """An instrument from the plain data of a YAML file. Raises DefinitionRefused with every fault found."""
    try:
        # JSON mode is strict about types yet reads lists as tuples and words as enums.
        instrument = Instrument.model_validate_json(json.dumps(data, ensure_ascii=False))
    except ValidationError as error:
        raise DefinitionRefused(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()
        ) from error
    problems = _references(instrument) or [fault for check in CHECKS for fault in check(instrument)]
    if problems:
        raise DefinitionRefused(problems)
    return instrument


def _references(instrument: Instrument) -> list[str]:
    """Faults that would make the later checks meaningless: duplicates and names that lead nowhere."""
    faults = list(_duplicates(instrument))
    items, scales = {i.id for i in instrument.items}, {s.id for s in instrument.scales}
    faults += [
        f"item {i.id}: no options {i.options!r}" for i in instrument.items if i.options not in instrument.options
    ]
    faults += [f"options {name}: empty" for name, options in instrument.options.items() if not options]
    for scale in instrument.scales:
        faults += [f"scale {scale.id}: no item {item!r}" for item in scale.items if item not in items]
        if not scale.items and scale.method != "t_score":
            faults.append(f"scale {scale.id}: has no items")
    named = [(f"screen {r.id}", s) for r in instrument.screens for c in r.conditions for s in c.scales]
    named += [(f"norm {norm.id}", norm.scale) for norm in instrument.norms]
    named += [("reliable change", change.scale) for change in instrument.reliable_change]
    named += [(f"validity {rule.id}", rule.scale) for rule in instrument.validity]
    named += [(f"import profile {p.id}", total.scale) for p in instrument.import_profiles for total in p.totals]
    return faults + [f"{where}: no scale {scale!r}" for where, scale in named if scale not in scales]


def _duplicates(instrument: Instrument) -> Iterator[str]:
    groups: dict[str, list[str]] = {
        "item": [item.id for item in instrument.items],
        "scale": [scale.id for scale in instrument.scales],
        "screen": [screen.id for screen in instrument.screens],
        "validity": [rule.id for rule in instrument.validity],
        "norm": [norm.id for norm in instrument.norms],
        "import profile": [profile.id for profile in instrument.import_profiles],
    }
    groups |= {f"item of scale {scale.id}": list(scale.items) for scale in instrument.scales}
    groups |= {f"value of options {name}": [str(o.value) for o in opts] for name, opts in instrument.options.items()}
    groups |= {f"band of scale {scale.id}": [band.level for band in scale.bands] for scale in instrument.scales}
    for what, ids in groups.items():
        for repeated in (name for name, count in Counter(ids).items() if count > 1):
            yield f"{what} {repeated!r} appears twice"


def _every_item_is_used(instrument: Instrument) -> Iterator[str]:
    used = {item for scale in instrument.scales for item in scale.items}
    for item in instrument.items:
        if item.id not in used and not item.unscored:
            yield f"item {item.id}: in no scale and not marked unscored"
        if item.id in used and item.unscored:
            yield f"item {item.id}: marked unscored but in a scale"


def _missing_answers_have_a_rule(instrument: Instrument) -> Iterator[str]:
    for scale in (s for s in instrument.scales if s.method != "t_score"):
        rule = scale.missing
        if rule is None:
            yield f"scale {scale.id}: no rule for missing answers"
            continue
        if (rule.allow is None) == (rule.allow_percent is None):
            yield f"scale {scale.id}: missing needs either allow or allow_percent"
        if rule.treat not in TREATMENTS[scale.method]:
            yield f"scale {scale.id}: {rule.treat} makes no sense for {scale.method}"
        if rule.treat == "not_scorable" and (rule.allow or rule.allow_percent):
            yield f"scale {scale.id}: not_scorable allows no missing answer"
        if rule.allow is not None and rule.allow >= len(scale.items):
            yield f"scale {scale.id}: allows every answer to be missing"


def _methods_have_what_they_need(instrument: Instrument) -> Iterator[str]:
    norms = {norm.id: norm.scale for norm in instrument.norms}
    for scale in instrument.scales:
        if (scale.at_least is not None) != (scale.method in {"count_at_least", "psdi"}):
            yield f"scale {scale.id}: at_least belongs to count_at_least and psdi"
        if (scale.equal is not None) != (scale.method == "count_equal"):
            yield f"scale {scale.id}: equal belongs to count_equal"
        if len(scale.weights) != (len(scale.items) if scale.method == "weighted" else 0):
            yield f"scale {scale.id}: weights belong to weighted, one per item"
        if scale.method == "t_score":
            yield from _t_score_faults(instrument, scale, norms)
        elif scale.of or scale.norm:
            yield f"scale {scale.id}: of and norm belong to t_score"


def _t_score_faults(instrument: Instrument, scale: Scale, norms: Mapping[str, str]) -> Iterator[str]:
    bases = {s.id for s in instrument.scales if s.method != "t_score"}
    if scale.of not in bases:
        yield f"scale {scale.id}: of must name a scale that is no t_score"
    if scale.norm is None or norms.get(scale.norm) != scale.of:
        yield f"scale {scale.id}: norm must name a norm of {scale.of}"
    if scale.items or scale.missing or scale.bands:
        yield f"scale {scale.id}: a t_score has no items, missing rule or bands of its own"


def _bands_cover_the_range(instrument: Instrument) -> Iterator[str]:
    for scale in (s for s in instrument.scales if s.bands):
        limits = possible_range(instrument, scale)
        if limits is not None and (scale.bands[0].lowest, scale.bands[-1].highest) != limits:
            yield f"scale {scale.id}: bands must run from {limits[0]} to {limits[1]}"
        if scale.cutoff_evidence is None:
            yield f"scale {scale.id}: bands without evidence for their cut-offs"
        yield from (f"scale {scale.id}: {fault}" for fault in _seams(scale))


def _seams(scale: Scale) -> Iterator[str]:
    step = 1 / exact(10**scale.digits)
    for band in scale.bands:
        if band.lowest > band.highest:
            yield f"band {band.level} runs backwards"
    for before, after in zip(scale.bands, scale.bands[1:], strict=False):
        distance = exact(after.lowest) - exact(before.highest)
        if distance != step:
            yield f"{'gap' if distance > step else 'overlap'} before band {after.level}"


def _risk_items_are_gated_and_shown(instrument: Instrument) -> Iterator[str]:
    shown = {item for example in instrument.examples for item in example.expect.critical or ()}
    for item in instrument.items:
        if item.concern in MUST_BE_GATED and item.min_age is None:
            yield f"item {item.id}: asks about {item.concern} without min_age"
        if item.concern in MUST_BE_GATED and not item.critical:
            yield f"item {item.id}: asks about {item.concern} and is not critical"
        if (item.critical or item.watch) and item.concern is None:
            yield f"item {item.id}: flagged without a concern"
        if item.critical and item.watch:
            yield f"item {item.id}: both critical and watch"
        if item.critical and item.id not in shown:
            yield f"item {item.id}: critical and shown in no example"


def _examples_show_every_band(instrument: Instrument) -> Iterator[str]:
    if not instrument.examples:
        yield "no examples"
        return
    for number, example in enumerate(instrument.examples, 1):
        try:
            example_answers(instrument, example)
        except KeyError as error:
            yield f"example {number}: no item {error.args[0]!r}"
    for scale in instrument.scales:
        seen = {example.expect.bands.get(scale.id) for example in instrument.examples}
        for band in scale.bands:
            if band.level not in seen:
                yield f"scale {scale.id}: band {band.level} is shown in no example"


def _norms_are_sourced(instrument: Instrument) -> Iterator[str]:
    for norm in instrument.norms:
        if not norm.evidence.read:
            yield f"norm {norm.id}: not read at its source, so it may not be used as a norm"


def _accuracy_is_sourced(instrument: Instrument) -> Iterator[str]:
    screens = {rule.id for rule in instrument.screens}
    for one in instrument.accuracy:
        figures = {name: getattr(one, name) for name in ("sensitivity", "specificity", "ppv", "auc")}
        if one.screen not in screens:
            yield f"accuracy: no screen {one.screen!r}"
        if not one.evidence.read:
            yield f"accuracy of {one.screen}: not read at its source, so it may not be used for planning"
        if not any(figures.values()):
            yield f"accuracy of {one.screen}: names no figure"
        for name, pair in figures.items():
            if pair and pair[0] > pair[1]:
                yield f"accuracy of {one.screen}: {name} runs backwards"


def _every_text_is_there_or_none(instrument: Instrument) -> Iterator[str]:
    bring = instrument.needs_wording
    for item in instrument.items:
        if bring and item.text is not None:
            yield f"item {item.id}: has a text though its wording must be brought"
        if not bring and item.text is None:
            yield f"item {item.id}: has no text"
    for name, options in instrument.options.items():
        if not bring and any(option.label is None for option in options):
            yield f"options {name}: an option has no label"
        if any((option.label is None) != (options[0].label is None) for option in options):
            yield f"options {name}: either every option has a label or none"


def _validity_is_shown(instrument: Instrument) -> Iterator[str]:
    for rule in instrument.validity:
        seen = {example.expect.validity.get(rule.id) for example in instrument.examples}
        for outcome in (True, False):
            if outcome not in seen:
                yield f"validity {rule.id}: outcome {str(outcome).lower()} is shown in no example"


def _ages_run_upwards(instrument: Instrument) -> Iterator[str]:
    youngest, oldest = instrument.audience.ages
    if youngest > oldest:
        yield "for.ages: runs backwards"


def _import_columns_fit(instrument: Instrument) -> Iterator[str]:
    for profile in instrument.import_profiles:
        if isinstance(profile.columns, str):
            if "{n}" not in profile.columns:
                yield f"import profile {profile.id}: the pattern needs {{n}}"
        elif len(profile.columns) != len(instrument.items):
            yield f"import profile {profile.id}: needs {len(instrument.items)} columns"


CHECKS: Final[tuple[Callable[[Instrument], Iterator[str]], ...]] = (
    _every_item_is_used,
    _missing_answers_have_a_rule,
    _methods_have_what_they_need,
    _bands_cover_the_range,
    _risk_items_are_gated_and_shown,
    _examples_show_every_band,
    _norms_are_sourced,
    _accuracy_is_sourced,
    _every_text_is_there_or_none,
    _validity_is_shown,
    _ages_run_upwards,
    _import_columns_fit,
)
