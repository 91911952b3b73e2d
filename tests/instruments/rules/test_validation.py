"""One test for each way in which the parts of a file may not fit together."""

from collections.abc import Callable
from typing import Any

import pytest

from qingyan.instruments.rules.validation import DefinitionRefused, parse
from tests.instruments.demo_instrument import GAPS, READ, WORDS, demo

Spoil = Callable[[dict[str, Any]], object]


def scale(data: dict[str, Any]) -> dict[str, Any]:
    return data["scales"][0]


def bands(*ends: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"from": a, "to": b, "level": f"l{i}", "words": WORDS} for i, (a, b) in enumerate(ends)]


def norm(**changes: Any) -> dict[str, Any]:
    return {
        "id": "n",
        "scale": "total",
        "sample": "s",
        "year": 2000,
        "n": 9,
        "mean": 1.0,
        "sd": 1.0,
        "evidence": READ,
    } | changes


def accuracy(**changes: Any) -> dict[str, Any]:
    return {
        "screen": "default",
        "target": WORDS,
        "reference": "r",
        "sensitivity": [80, 90],
        "sample": WORDS,
        "evidence": READ,
    } | changes


def lie(**changes: Any) -> dict[str, Any]:
    return {
        "id": "lie",
        "title": WORDS,
        "scale": "total",
        "op": ">=",
        "value": 7,
        "reason": WORDS,
        "evidence": READ,
    } | changes


REFUSALS: list[tuple[str, Spoil, str]] = [
    ("duplicate item", lambda d: d["items"].append(d["items"][0]), "item 'q1' appears twice"),
    ("duplicate scale", lambda d: d["scales"].append(d["scales"][0]), "scale 'total' appears twice"),
    ("item twice in a scale", lambda d: scale(d)["items"].append("q1"), "item of scale total 'q1' appears twice"),
    (
        "duplicate option value",
        lambda d: d["options"]["freq"].append({"value": 0, "label": WORDS}),
        "'0' appears twice",
    ),
    ("unknown options", lambda d: d["items"][0].update(options="other"), "item q1: no options 'other'"),
    ("unknown item", lambda d: scale(d)["items"].append("q7"), "scale total: no item 'q7'"),
    ("scale without items", lambda d: scale(d).update(items=[]), "scale total: has no items"),
    ("unknown scale in a screen", lambda d: d["screens"][0]["conditions"][0].update(scales=["x"]), "no scale 'x'"),
    ("unused item", lambda d: scale(d)["items"].remove("q1"), "item q1: in no scale and not marked unscored"),
    ("used unscored item", lambda d: d["items"][0].update(unscored=True), "item q1: marked unscored but in a scale"),
    ("no missing rule", lambda d: scale(d).pop("missing"), "scale total: no rule for missing answers"),
    (
        "vague missing rule",
        lambda d: scale(d).update(missing={**GAPS, "allow_percent": 5}),
        "either allow or allow_percent",
    ),
    (
        "senseless treatment",
        lambda d: scale(d).update(missing={**GAPS, "treat": "mean_of_answered"}),
        "makes no sense for sum",
    ),
    (
        "not scorable yet allowed",
        lambda d: scale(d).update(missing={**GAPS, "treat": "not_scorable"}),
        "allows no missing answer",
    ),
    (
        "everything may be missing",
        lambda d: scale(d).update(missing={**GAPS, "allow": 3}),
        "allows every answer to be missing",
    ),
    ("bands with a gap", lambda d: scale(d).update(bands=bands((0, 4), (6, 9))), "gap before band l1"),
    ("bands that overlap", lambda d: scale(d).update(bands=bands((0, 5), (5, 9))), "overlap before band l1"),
    ("bands that start late", lambda d: scale(d).update(bands=bands((1, 4), (5, 9))), "bands must run from 0 to 9"),
    ("bands that end early", lambda d: scale(d).update(bands=bands((0, 4), (5, 8))), "bands must run from 0 to 9"),
    ("band backwards", lambda d: scale(d).update(bands=bands((0, -1), (0, 9))), "band l0 runs backwards"),
    ("cut-offs without evidence", lambda d: scale(d).pop("cutoff_evidence"), "bands without evidence"),
    ("no examples", lambda d: d.update(examples=[]), "no examples"),
    ("fewer examples than bands", lambda d: d["examples"].pop(0), "band low is shown in no example"),
    ("example of an unknown item", lambda d: d["examples"][0]["answers"].update(q8=1), "example 1: no item 'q8'"),
    (
        "critical without example",
        lambda d: d["examples"][1]["expect"].pop("critical"),
        "item q3: critical and shown in no example",
    ),
    ("self-harm without a gate", lambda d: d["items"][2].pop("min_age"), "asks about self_harm without min_age"),
    (
        "self-harm not critical",
        lambda d: d["items"][2].update(critical=False),
        "asks about self_harm and is not critical",
    ),
    ("critical without concern", lambda d: d["items"][0].update(critical=True), "item q1: flagged without a concern"),
    ("critical and watch", lambda d: d["items"][2].update(watch=True), "item q3: both critical and watch"),
    (
        "norm not read",
        lambda d: d.update(norms=[norm(evidence={"text": "memory", "read": False})]),
        "may not be used as a norm",
    ),
    (
        "accuracy of no screen",
        lambda d: d.update(accuracy=[accuracy(screen="other")]),
        "accuracy: no screen 'other'",
    ),
    (
        "accuracy not read",
        lambda d: d.update(accuracy=[accuracy(evidence={"text": "memory", "read": False})]),
        "may not be used for planning",
    ),
    ("accuracy without a figure", lambda d: d.update(accuracy=[accuracy(sensitivity=None)]), "names no figure"),
    ("accuracy backwards", lambda d: d.update(accuracy=[accuracy(sensitivity=[90, 80])]), "sensitivity runs backwards"),
    ("validity of no scale", lambda d: d.update(validity=[lie(scale="x")]), "validity lie: no scale 'x'"),
    ("validity not shown", lambda d: d.update(validity=[lie()]), "validity lie: outcome true is shown in no example"),
    ("item without text", lambda d: d["items"][0].pop("text"), "item q1: has no text"),
    ("text though brought", lambda d: d["wording"].update(kind="bring"), "item q1: has a text though"),
    (
        "some labels missing",
        lambda d: d["options"].update(freq=[{"value": 0}, *d["options"]["freq"][1:]]),
        "either every option has a label or none",
    ),
    ("ages backwards", lambda d: d["for"].update(ages=[18, 12]), "for.ages: runs backwards"),
    ("at_least on a sum", lambda d: scale(d).update(at_least=1), "at_least belongs to"),
    ("count without a limit", lambda d: scale(d).update(method="count_equal"), "equal belongs to count_equal"),
    ("weights on a sum", lambda d: scale(d).update(weights=[1, 2, 3]), "weights belong to weighted"),
    ("norm on a sum", lambda d: scale(d).update(norm="n"), "of and norm belong to t_score"),
    (
        "t score without a norm",
        lambda d: d["scales"].append({"id": "t", "title": WORDS, "plain": WORDS, "method": "t_score", "of": "total"}),
        "norm must name a norm of total",
    ),
    (
        "t score of nothing",
        lambda d: d["scales"].append({"id": "t", "title": WORDS, "plain": WORDS, "method": "t_score"}),
        "of must name a scale",
    ),
    (
        "import of too few columns",
        lambda d: d.update(import_profiles=[{"id": "p", "about": "x", "columns": ["A"]}]),
        "needs 3 columns",
    ),
    (
        "import pattern without n",
        lambda d: d.update(import_profiles=[{"id": "p", "about": "x", "columns": "Q"}]),
        "the pattern needs {n}",
    ),
]


@pytest.mark.parametrize(("spoil", "words"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS])
def test_the_validator_refuses(spoil, words):
    data = demo()
    spoil(data)
    with pytest.raises(DefinitionRefused, match=r".") as refused:
        parse(data)
    assert words in str(refused.value)


def test_all_faults_are_told_at_once():
    data = demo()
    scale(data).pop("missing")
    data["items"][2].pop("min_age")
    with pytest.raises(DefinitionRefused) as refused:
        parse(data)
    assert len(refused.value.problems) == 2


def test_what_is_not_a_mapping_is_refused():
    with pytest.raises(DefinitionRefused):
        parse(["not", "an", "instrument"])
