"""The schema refuses what a careless hand may type."""

from typing import Any

import pytest

from qingyan.instruments.rules.schema import Missing
from qingyan.instruments.rules.validation import DefinitionRefused, parse
from tests.instruments.demo_instrument import READ, demo


def spoiled(path: str, value: Any) -> dict[str, Any]:
    data = demo()
    place: Any = data
    *way, last = path.split(".")
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return data


def test_the_small_definition_is_valid():
    assert parse(demo()).code == "demo-mood"


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("source.licence", None, "source.licence"),
        ("source.licence", "", "source.licence"),
        ("source.licence_evidence", None, "source.licence_evidence"),
        ("colour", "red", "colour"),
        ("items.0.reverse", "yes", "items.0.reverse"),
        ("options.freq.0.value", "0", "options.freq.0.value"),
        ("options.freq.0.value", -1, "options.freq.0.value"),
        ("scales.0.method", "sum(x)*2", "scales.0.method"),
        ("screens.0.conditions.0.op", "=>", "screens.0.conditions.0.op"),
        ("version", 1.0, "version"),
        ("version", "one", "version"),
        ("code", "Demo Mood", "code"),
        ("items.2.concern", "sadness", "items.2.concern"),
        ("title", {"zh": "样例"}, "title.en"),
        ("for", None, "for"),
    ],
)
def test_a_wrong_value_is_refused_and_named(path, value, named):
    with pytest.raises(DefinitionRefused) as refused:
        parse(spoiled(path, value))
    assert any(problem.startswith(f"{named}: ") for problem in refused.value.problems)


def test_a_definition_cannot_be_changed_after_parsing():
    instrument = parse(demo())
    with pytest.raises(ValueError, match="frozen"):
        instrument.items[0].critical = True


@pytest.mark.parametrize(
    ("rule", "asked", "allowed"),
    [
        ({"allow": 2}, 9, 2),
        ({"allow_percent": 10}, 90, 9),
        ({"allow_percent": 20}, 6, 1),
        ({"allow_percent": 20}, 4, 0),
    ],
)
def test_missing_answers_allowed_are_counted_in_whole_items(rule, asked, allowed):
    missing = Missing.model_validate({**rule, "treat": "prorate", "evidence": READ})
    assert missing.allowed(asked) == allowed
