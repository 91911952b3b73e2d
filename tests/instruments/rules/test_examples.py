"""Every worked example of every released file, and that a wrong example is caught."""

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.examples import example_answers, example_faults
from qingyan.instruments.rules.schema import Example
from qingyan.instruments.rules.validation import parse
from tests.instruments.demo_instrument import demo


@pytest.mark.parametrize("summary", api.released(), ids=lambda summary: f"{summary.code}-{summary.version}")
def test_the_file_proves_itself(summary):
    instrument = api.instrument(summary.code, summary.version)
    assert instrument.examples
    assert list(example_faults(instrument)) == []


def test_runs_are_spelled_out_and_later_keys_win():
    instrument = parse(demo())
    example = Example.model_validate_json('{"why": "x", "answers": {"q1..q3": 2, "q2": null}, "expect": {}}')
    assert example_answers(instrument, example) == [2, None, 2]


@pytest.mark.parametrize(
    ("expect", "fault"),
    [
        ({"values": {"total": 8}}, "total is 7, expected 8"),
        ({"bands": {"total": "low"}}, "band of total is high, expected low"),
        ({"not_scorable": {"total": "missing_answers"}}, "total not scorable: None, expected missing_answers"),
        ({"critical": []}, "critical answers are ('q3',), expected ()"),
        ({"screen": "negative"}, "screen is positive, expected negative"),
        ({"screens": {"default": False}}, "screen by default is True, expected False"),
    ],
)
def test_a_wrong_expectation_is_found(expect, fault):
    data = demo()
    data["examples"].append({**data["examples"][1], "expect": expect})
    assert list(example_faults(parse(data))) == [f"example 3: {fault}"]
