"""Invented instruments for tests: one small and valid, one that uses every method of the vocabulary."""

from copy import deepcopy
from typing import Any

from qingyan.instruments.rules.schema import Instrument
from qingyan.instruments.rules.validation import parse

READ = {"text": "invented for a test", "read": True}
WORDS = {"zh": "样例", "en": "Sample"}
GAPS = {"allow": 1, "treat": "prorate", "evidence": READ}

DEMO: dict[str, Any] = {
    "code": "demo-mood",
    "version": "1.0",
    "title": WORDS,
    "public_title": {"zh": "这一天", "en": "This day"},
    "description": WORDS,
    "wording": {"kind": "project", "note": "invented"},
    "source": {"citation": "invented", "licence": "invented", "licence_status": "free", "licence_evidence": READ},
    "for": {
        "ages": [12, 18],
        "age_evidence": READ,
        "informant": "self",
        "recall": {"words": WORDS, "days": 14},
        "stages": ["senior"],
        "stages_evidence": READ,
    },
    "lead_in": WORDS,
    "options": {"freq": [{"value": v, "label": WORDS} for v in range(4)]},
    "items": [
        {"id": "q1", "text": WORDS, "options": "freq"},
        {"id": "q2", "text": WORDS, "options": "freq", "reverse": True},
        {"id": "q3", "text": WORDS, "options": "freq", "critical": True, "concern": "self_harm", "min_age": 14},
    ],
    "scales": [
        {
            "id": "total",
            "title": WORDS,
            "plain": WORDS,
            "items": ["q1", "q2", "q3"],
            "method": "sum",
            "missing": GAPS,
            "cutoff_evidence": READ,
            "bands": [
                {"from": 0, "to": 4, "level": "low", "words": WORDS},
                {"from": 5, "to": 9, "level": "high", "words": WORDS},
            ],
        }
    ],
    "screens": [
        {
            "id": "default",
            "title": WORDS,
            "join": "any",
            "conditions": [{"scales": ["total"], "op": ">=", "value": 5}],
            "evidence": READ,
        }
    ],
    "examples": [
        {"why": "low", "age": 15, "answers": {"q1": 1, "q2": 3, "q3": 0}, "expect": {"bands": {"total": "low"}}},
        {
            "why": "high",
            "age": 15,
            "answers": {"q1": 3, "q2": 0, "q3": 1},
            "expect": {"values": {"total": 7}, "bands": {"total": "high"}, "critical": ["q3"]},
        },
    ],
}


def demo() -> dict[str, Any]:
    """A fresh copy of the small valid definition, to be spoiled by a test."""
    return deepcopy(DEMO)


def every_method() -> Instrument:
    """An instrument with one scale for each method, a reversed item, a gate and a two-part screening rule."""
    data = demo()
    data["code"] = "demo-methods"
    items = ["q1", "q2", "q3"]
    plain = {"title": WORDS, "plain": WORDS, "items": items}
    strict = {"allow": 0, "treat": "not_scorable", "evidence": READ}
    answered = {"allow": 1, "treat": "answered_only", "evidence": READ}
    data["scales"] += [
        {"id": "average", **plain, "method": "mean", "digits": 2, "missing": {**GAPS, "treat": "mean_of_answered"}},
        {"id": "doubled", **plain, "method": "sum", "multiplier": 2, "digits": 1, "missing": GAPS},
        {"id": "weighted", **plain, "method": "weighted", "weights": [2, -1, 3], "missing": strict},
        {"id": "top", **plain, "method": "max", "missing": answered},
        {"id": "some", **plain, "method": "count_at_least", "at_least": 1, "missing": GAPS},
        {"id": "none", **plain, "method": "count_equal", "equal": 0, "missing": answered},
        {"id": "depth", **plain, "method": "psdi", "at_least": 1, "digits": 2, "missing": answered},
        {"id": "single", **plain, "items": ["q2"], "method": "sum", "missing": strict},
        {"id": "t", "title": WORDS, "plain": WORDS, "method": "t_score", "of": "total", "norm": "n1", "digits": 1},
    ]
    data["norms"] = [
        {
            "id": "n1",
            "scale": "total",
            "sample": "invented",
            "year": 2020,
            "n": 10,
            "mean": 4.5,
            "sd": 1.5,
            "evidence": READ,
        }
    ]
    data["screens"].append(
        {
            "id": "both",
            "title": WORDS,
            "join": "all",
            "conditions": [
                {"scales": ["total", "doubled"], "op": ">", "value": 6},
                {"scales": ["average"], "op": "<=", "value": 2.33},
            ],
            "evidence": READ,
        }
    )
    return parse(data)
