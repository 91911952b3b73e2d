"""Runs the worked examples of an instrument file: the file proves itself. No file is read here."""

import re
from collections.abc import Iterator

from qingyan.instruments.rules.schema import Example, Instrument
from qingyan.instruments.rules.scores import Scores
from qingyan.instruments.rules.scoring import score
from qingyan.instruments.rules.validity import validity

RUN = re.compile(r"^([a-z]+)(\d+)\.\.\1(\d+)$")
SCREEN_WORDS = {True: "positive", False: "negative", None: "undecided"}


def example_answers(instrument: Instrument, example: Example) -> list[int | None]:
    """The sheet an example describes; runs such as q1..q9 are spelled out. KeyError for an unknown item."""
    index = {item.id: position for position, item in enumerate(instrument.items)}
    answers: list[int | None] = [None] * len(index)
    for key, value in example.answers.items():
        run = RUN.match(key)
        names = [f"{run[1]}{n}" for n in range(int(run[2]), int(run[3]) + 1)] if run else [key]
        for name in names:
            answers[index[name]] = value
    return answers


def example_faults(instrument: Instrument) -> Iterator[str]:
    """One sentence for each expectation of the examples that the scoring does not meet."""
    for number, example in enumerate(instrument.examples, 1):
        answers = example_answers(instrument, example)
        scores = score(instrument, answers, age=example.age)
        faults = (
            *_wrong_results(example, scores),
            *_wrong_screens(instrument, example, answers, scores),
            *_wrong_validity(instrument, example, scores),
        )
        for fault in faults:
            yield f"example {number}: {fault}"


def _wrong_results(example: Example, scores: Scores) -> Iterator[str]:
    for scale, value in example.expect.values.items():
        if scores.values[scale] != value:
            yield f"{scale} is {scores.values[scale]}, expected {value}"
    for scale, level in example.expect.bands.items():
        if scores.bands.get(scale) != level:
            yield f"band of {scale} is {scores.bands.get(scale)}, expected {level}"
    for scale, reason in example.expect.not_scorable.items():
        if scores.not_scorable.get(scale) != reason:
            yield f"{scale} not scorable: {scores.not_scorable.get(scale)}, expected {reason}"
    critical = tuple(answer.item for answer in scores.critical)
    if example.expect.critical is not None and critical != example.expect.critical:
        yield f"critical answers are {critical}, expected {example.expect.critical}"


def _wrong_screens(
    instrument: Instrument, example: Example, answers: list[int | None], scores: Scores
) -> Iterator[str]:
    word = SCREEN_WORDS[scores.screen]
    if example.expect.screen is not None and word != example.expect.screen:
        yield f"screen is {word}, expected {example.expect.screen}"
    for rule, positive in example.expect.screens.items():
        other = score(instrument, answers, age=example.age, rule=rule).screen
        if other is not positive:
            yield f"screen by {rule} is {other}, expected {positive}"


def _wrong_validity(instrument: Instrument, example: Example, scores: Scores) -> Iterator[str]:
    found = scores.validity.doubtful if scores.validity else None
    if example.expect.doubtful is not None and found is not example.expect.doubtful:
        yield f"doubtful is {found}, expected {example.expect.doubtful}"
    for rule, doubtful in example.expect.validity.items():
        other = validity(instrument, scores.values, rule=rule)
        if other is None or other.doubtful is not doubtful:
            yield f"doubtful by {rule} is {other and other.doubtful}, expected {doubtful}"
