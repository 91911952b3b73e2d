"""From an instrument, a sheet and its scores to the evidence that rules judge; the words for the reasons come along."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from qingyan.alerts.queries import packs
from qingyan.alerts.rules.findings import Finding
from qingyan.alerts.rules.judging import Evidence, asked_for_help, evaluate, evaluate_at_once
from qingyan.alerts.rules.marks import MarkedAnswer
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Concern, Scores

Marks = Mapping[str, str]  # item id -> concern, of a brought wording
NO_MARKS: Marks = {}


def findings_on_sheet(
    instrument: str,
    version: str,
    answers: Sequence[int | None],
    scores: Scores,
    age: int | None,
    marks: Marks = NO_MARKS,
) -> list[Finding]:
    """Findings on a finished sheet, the most urgent first. `answers` in the order of the sheet's items."""
    found = of_finished_sheet(instrument, version, answers, scores, age)
    return evaluate(packs.current(), replace(found, marked=_marked(found, version, marks)))


def findings_on_saved(
    instrument: str, version: str, saved: Mapping[int, int], age: int | None, marks: Marks = NO_MARKS
) -> list[Finding]:
    """What the answers just saved say at once; `saved` is item index (from 0) -> stored value."""
    items = _items(instrument, version)
    seen = of_saved_answers(instrument, version, saved, age)
    seen = replace(seen, marked=_marked(seen, version, marks))
    return evaluate_at_once(packs.current(), seen, saved=[items[index] for index in saved])


def finding_of_help() -> Finding:
    """The finding that a pupil asked for a talk."""
    return asked_for_help(packs.current())


def of_finished_sheet(
    instrument: str, version: str, answers: Sequence[int | None], scores: Scores, age: int | None
) -> Evidence:
    """Everything that is known of a finished sheet; answers in item order."""
    known = dict(zip(_items(instrument, version), answers, strict=True))
    return Evidence(
        instrument=instrument,
        answers=known,
        scores=scores.values,
        bands=scores.bands,
        screen=scores.screen,
        age=age,
        reached=tuple((one.scale, one.op, one.value, one.score) for one in scores.screen_reasons),
        labels=_labels(instrument, version, known),
        titles=_titles(instrument, version),
    )


def of_saved_answers(instrument: str, version: str, saved: Mapping[int, int], age: int | None) -> Evidence:
    """What single saved answers say; `saved` is item index (from 0) -> stored value."""
    items = _items(instrument, version)
    known = {items[index]: value for index, value in saved.items()}
    return Evidence(
        instrument=instrument, answers=known, age=age, labels=_labels(instrument, version, known), titles={}
    )


def _marked(evidence: Evidence, version: str, marks: Marks) -> tuple[MarkedAnswer, ...]:
    """The answers to marked items, counted upwards with the concern where the file reverses an item."""
    if not marks:
        return ()
    definition = instruments.instrument(evidence.instrument, version)
    found = []
    for number, item in enumerate(definition.items, start=1):
        value = evidence.answers.get(item.id)
        if item.id not in marks or value is None:
            continue
        labels = {option.value: option.label.zh if option.label else "" for option in definition.options_of(item)}
        lowest, highest = min(labels), max(labels)
        upwards = lowest + highest - value if item.reverse else value
        concern = Concern(marks[item.id])
        found.append(MarkedAnswer(item.id, number, concern, upwards, lowest, highest, labels[value] or str(value)))
    return tuple(found)


def _labels(instrument: str, version: str, answers: Mapping[str, int | None]) -> dict[str, str]:
    words = _words(instrument, version)
    return {item: words[item].get(answers[item], "") for item in words.keys() & answers.keys()}


@cache
def _items(instrument: str, version: str) -> tuple[str, ...]:
    return tuple(item.id for item in instruments.plan(instrument, version).items)


@cache
def _titles(instrument: str, version: str) -> dict[str, str]:
    return {scale.id: scale.plain.zh for scale in instruments.instrument(instrument, version).scales}


@cache
def _words(instrument: str, version: str) -> dict[str, dict[int | None, str]]:
    """Option words of the items that some rule reads; others are never named in a reason."""
    read = frozenset().union(*(rule.items for rule in packs.current().rules if rule.instrument == instrument))
    definition = instruments.instrument(instrument, version)
    return {
        item.id: {option.value: option.label.zh if option.label else "" for option in definition.options_of(item)}
        for item in definition.items
        if item.id in read
    }
