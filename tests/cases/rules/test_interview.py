"""The guide of a talk: no question twice, options where one chooses, and nothing stored that it does not ask."""

import json

import pytest
import yaml
from pydantic import ValidationError

from qingyan.cases.queries import packs
from qingyan.cases.rules.interview import Guide, faults

GUIDE = packs.guide()
RAW = yaml.safe_load((packs.LIBRARY / f"{packs.GUIDE}.yaml").read_text("utf-8"))
GOOD = {"thoughts": "none", "plan": "none", "acts": "none", "others": "none", "risk": ["loss"], "sleep": "还好"}


def test_the_control_a_talk_with_the_safety_questions_can_be_stored():
    assert faults(GUIDE, GOOD) == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"thoughts": ""}, "thoughts"),
        ({"plan": "perhaps"}, "plan"),
        ({"risk": ["loss", "unknown"]}, "risk"),
        ({"risk": "loss"}, "risk"),
        ({"sleep": "x" * 4001}, "sleep"),
        ({"invented": "x"}, "invented"),
    ],
)
def test_what_is_missing_or_no_option_is_named(change, wrong):
    assert faults(GUIDE, GOOD | change) == [wrong]


def test_safety_is_always_asked_and_may_be_answered_with_not_asked():
    required = {one.code: one for one in GUIDE.questions() if one.required}
    assert set(required) == {"thoughts", "plan", "acts", "others"}
    assert all("not_asked" in one.codes for one in required.values())


def test_a_crooked_guide_is_refused():
    for question in ({"code": "x", "kind": "choice", "text": "x"}, {"code": "sleep", "kind": "text", "text": "x"}):
        raw = json.loads(json.dumps(RAW))
        raw["sections"][0]["questions"].append(question)
        with pytest.raises(ValidationError):
            Guide.model_validate_json(json.dumps(raw))


def test_the_guide_names_no_diagnosis():
    words = json.dumps(RAW, ensure_ascii=False)
    assert not [one for one in ("抑郁", "焦虑症", "障碍", "精神病", "双相") if one in words]
