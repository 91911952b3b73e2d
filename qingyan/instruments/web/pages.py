"""What the library's pages say about an instrument: rows for templates, in the language of the page.

Decides no score: values of worked examples are the file's, and whether they hold is asked of rules/examples.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qingyan.instruments.contracts import Instrument, InstrumentSummary, Item, Plan
from qingyan.instruments.rules.examples import example_faults
from qingyan.instruments.rules.presentation import presentation
from qingyan.instruments.rules.schema import Example, Scale
from qingyan.instruments.rules.vocabulary import Evidence
from qingyan.instruments.web import words


@dataclass(frozen=True)
class Claim:
    """One statement of the file: what it is about, its source, and whether that source was read."""

    about: str
    text: str
    read: bool


@dataclass(frozen=True)
class ExampleRow:
    """A worked example: why it is there, the sheet in short, what must come out."""

    why: str
    age: int | None
    sheet: str
    outcome: str


def summary(one: InstrumentSummary, instrument: Instrument) -> dict[str, Any]:
    """A line of the list."""
    return {
        "code": one.code,
        "version": one.version,
        "title": instrument.title.in_language(words.page_language()),
        "public_title": instrument.public_title.in_language(words.page_language()),
        "items": one.items,
        "ages": f"{one.youngest}–{one.oldest}",
        "recall": instrument.audience.recall.words.in_language(words.page_language()),
        "licence": words.LICENCES[instrument.source.licence_status],
        "licence_tone": "green" if instrument.source.licence_evidence.read else "orange",
        "licence_read": instrument.source.licence_evidence.read,
        "wording": words.WORDINGS[instrument.wording.kind],
        "latest": one.latest,
    }


def page(plan: Plan) -> dict[str, Any]:
    """Everything one instrument's page shows but the preview of its items."""
    instrument, language = plan.instrument, words.page_language()
    claims = list(_claims(instrument))
    return {
        "code": plan.code,
        "version": plan.version,
        "digest": plan.digest,
        "title": instrument.title.in_language(language),
        "public_title": instrument.public_title.in_language(language),
        "description": instrument.description.in_language(language),
        "wording": words.WORDINGS[instrument.wording.kind],
        "wording_note": instrument.wording.note,
        "source": instrument.source,
        "licence": words.LICENCES[instrument.source.licence_status],
        "audience": _audience(instrument),
        "gates": [_item(number, item) for number, item in _numbered(instrument) if item.min_age],
        "marked": [_item(number, item) for number, item in _numbered(instrument) if item.critical or item.watch],
        "read": [claim for claim in claims if claim.read],
        "unread": [claim for claim in claims if not claim.read],
        "scales": [_scale(instrument, scale) for scale in instrument.scales],
        "screens": [_screen(instrument, number) for number in range(len(instrument.screens))],
        "validity": [_validity(instrument, number) for number in range(len(instrument.validity))],
        "accuracy": [_accuracy(instrument, number) for number in range(len(instrument.accuracy))],
        "norms": [_norm(instrument, number) for number in range(len(instrument.norms))],
        "changes": [
            (instrument.scale(one.scale).title.in_language(language), one) for one in instrument.reliable_change
        ],
        "notes": instrument.notes,
        "examples": [_example(instrument, example) for example in instrument.examples],
        "example_faults": list(example_faults(instrument)),
    }


def preview(instrument: Instrument, age: int) -> dict[str, Any] | None:
    """The items as a pupil of this age sees them; None where the file ships no words."""
    if instrument.needs_wording:
        return None
    return presentation(instrument, age=age, language=words.page_language())


def preview_ages(instrument: Instrument) -> list[int]:
    """Ages that see different items: the oldest, and the youngest where an item is kept from them."""
    youngest, oldest = instrument.audience.ages
    gated = any(item.min_age and item.min_age > youngest for item in instrument.items)
    return [oldest, youngest] if gated else [oldest]


def preview_tabs(ages: list[int], age: int) -> list[dict[str, Any]]:
    """Links between the two previews; none where everybody sees the same items."""
    labels = (_("全部题目"), _("最小年龄看到的题目"))
    targets = ("?#preview", "?show=younger#preview")
    tabs = [
        {"label": label, "url": url, "current": one == age}
        for label, url, one in zip(labels, targets, ages, strict=False)
    ]
    return tabs if len(tabs) > 1 else []


def _audience(instrument: Instrument) -> list[dict[str, Any]]:
    audience = instrument.audience
    facts = (
        (_("年龄"), _("%(from)d–%(to)d 岁") % {"from": audience.ages[0], "to": audience.ages[1]}),
        (_("学段"), _("、").join(str(words.STAGES[stage]) for stage in audience.stages) or "—"),
        (_("谁来填"), words.INFORMANTS[audience.informant]),
        (_("时间范围"), audience.recall.words.in_language(words.page_language())),
        (_("题数"), len(instrument.items)),
    )
    return [{"term": term, "value": value} for term, value in facts]


def _claims(instrument: Instrument) -> Iterator[Claim]:
    def claim(about: str, evidence: Evidence) -> Claim:
        return Claim(about, evidence.text, evidence.read)

    language = words.page_language()
    yield claim(_("许可"), instrument.source.licence_evidence)
    yield claim(_("年龄"), instrument.audience.age_evidence)
    yield claim(_("学段"), instrument.audience.stages_evidence)
    for about, found in ((_("分段"), _cutoffs(instrument)), (_("缺答"), _gaps(instrument))):
        yield from (claim(about, evidence) for evidence in dict.fromkeys(found))
    yield from (claim(rule.title.in_language(language), rule.evidence) for rule in instrument.screens)
    yield from (
        claim(_("常模 %(name)s") % {"name": norm.id}, norm.evidence) for norm in _one_of_each_source(instrument)
    )
    yield from (claim(rule.title.in_language(language), rule.evidence) for rule in instrument.validity)
    yield from (
        claim(_("筛查准确度"), evidence) for evidence in dict.fromkeys(one.evidence for one in instrument.accuracy)
    )
    yield from (claim(_("可靠变化"), change.evidence) for change in instrument.reliable_change)
    yield from (claim(_("说明"), note) for note in instrument.notes)


def _cutoffs(instrument: Instrument) -> list[Evidence]:
    return [scale.cutoff_evidence for scale in instrument.scales if scale.cutoff_evidence]


def _gaps(instrument: Instrument) -> list[Evidence]:
    return [scale.missing.evidence for scale in instrument.scales if scale.missing]


def _one_of_each_source(instrument: Instrument) -> list[Any]:
    return list({norm.evidence.text: norm for norm in reversed(instrument.norms)}.values())


def _numbered(instrument: Instrument) -> Iterator[tuple[int, Item]]:
    return enumerate(instrument.items, 1)


def _item(number: int, item: Item) -> dict[str, Any]:
    return {
        "number": number,
        "text": item.text.in_language(words.page_language()) if item.text else "",
        "min_age": item.min_age,
        "critical": item.critical,
    }


def _scale(instrument: Instrument, scale: Scale) -> dict[str, Any]:
    language = words.page_language()
    numbers = {item.id: str(number) for number, item in _numbered(instrument)}
    return {
        "id": scale.id,
        "title": scale.title.in_language(language),
        "plain": scale.plain.in_language(language),
        "count": len(scale.items),
        "numbers": _("、").join(numbers[item] for item in scale.items),
        "method": words.method(scale),
        "missing": words.missing(scale.missing),
        "bands": [(f"{one.lowest}–{one.highest}", one.words.in_language(language)) for one in scale.bands],
    }


def _screen(instrument: Instrument, number: int) -> dict[str, Any]:
    rule = instrument.screens[number]
    joint = _("，或者 ") if rule.join == "any" else _("，并且 ")
    return {
        "title": rule.title.in_language(words.page_language()),
        "default": number == 0,
        "rule": joint.join(words.condition(instrument, one) for one in rule.conditions),
        "evidence": rule.evidence,
    }


def _validity(instrument: Instrument, number: int) -> dict[str, Any]:
    rule, language = instrument.validity[number], words.page_language()
    title = instrument.scale(rule.scale).title.in_language(language)
    return {
        "title": rule.title.in_language(language),
        "default": number == 0,
        "rule": f"{title}{words.OPERATORS[rule.op]} {rule.value}",
        "reason": rule.reason.in_language(language),
        "evidence": rule.evidence,
    }


def _accuracy(instrument: Instrument, number: int) -> dict[str, Any]:
    one, language = instrument.accuracy[number], words.page_language()
    rule = next(rule for rule in instrument.screens if rule.id == one.screen)
    named = ((_("灵敏度"), one.sensitivity), (_("特异度"), one.specificity), (_("阳性预测值"), one.ppv))
    return {
        "title": rule.title.in_language(language),
        "target": one.target.in_language(language),
        "sample": one.sample.in_language(language),
        "n": one.n,
        "interviewed": one.interviewed,
        "figures": [(name, words.percent_range(pair)) for name, pair in named if pair],
        "evidence": one.evidence,
    }


def _norm(instrument: Instrument, number: int) -> dict[str, Any]:
    norm = instrument.norms[number]
    return {"norm": norm, "scale": instrument.scale(norm.scale).title.in_language(words.page_language())}


def _example(instrument: Instrument, example: Example) -> ExampleRow:
    answers = (f"{key}={_('空') if value is None else value}" for key, value in example.answers.items())
    return ExampleRow(example.why, example.age, " ".join(answers), _("；").join(_outcome(instrument, example)))


def _outcome(instrument: Instrument, example: Example) -> Iterator[str]:
    expect, language = example.expect, words.page_language()
    for name, value in expect.values.items():
        scale = instrument.scale(name)
        level = expect.bands.get(name)
        band = next((one.words.in_language(language) for one in scale.bands if one.level == level), "")
        facts = {"title": scale.title.in_language(language), "value": value, "band": band}
        yield (_("%(title)s %(value)s（%(band)s）") if band else "%(title)s %(value)s") % facts
    for name, reason in expect.not_scorable.items():
        title = instrument.scale(name).title.in_language(language)
        yield _("%(title)s：%(reason)s") % {"title": title, "reason": words.REASONS[reason]}
    if expect.screen is not None:
        yield str(words.SCREENS[expect.screen])
    if expect.critical:
        yield _("关键题 %(items)s") % {"items": _("、").join(expect.critical)}
