"""The lie scale: its operator is data, a doubtful sheet keeps its scores."""

import numpy as np
import pytest

from qingyan.instruments.rules import scoring
from qingyan.instruments.rules.matrix import score_many
from qingyan.instruments.rules.plan import Plan
from qingyan.instruments.rules.schema import Instrument
from qingyan.instruments.rules.validation import parse
from qingyan.instruments.rules.validity import validity
from tests.instruments.demo_instrument import READ, WORDS, demo


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    data = demo()
    rule = {"title": WORDS, "scale": "total", "value": 5, "reason": WORDS, "evidence": READ}
    data["validity"] = [{"id": "from", **rule, "op": ">="}, {"id": "above", **rule, "op": ">"}]
    low, high = data["examples"]
    low["expect"]["validity"] = {"from": False, "above": False}
    high["expect"] |= {"doubtful": True, "validity": {"from": True, "above": True}}
    return parse(data)


@pytest.mark.parametrize(
    ("sheet", "default", "above"),
    [([1, 3, 3], False, False), ([2, 3, 3], True, False), ([3, 3, 3], True, True), ([None, None, 3], None, None)],
)
def test_the_operator_decides_at_the_limit(instrument, sheet, default, above):
    scores = scoring.score(instrument, sheet, age=15)
    assert scores.validity is not None
    assert scores.validity.doubtful is default
    strict = validity(instrument, scores.values, rule="above")
    assert strict is not None
    assert strict.doubtful is above
    assert Plan(instrument, "0" * 64).score(sheet, age=15) == scoring.score(instrument, sheet, digest="0" * 64, age=15)


def test_a_doubtful_sheet_keeps_its_scores_and_its_flags(instrument):
    scores = scoring.score(instrument, [3, 0, 3], age=15)
    assert scores.validity is not None
    assert scores.validity.doubtful
    assert (scores.values["total"], scores.screen, [one.item for one in scores.critical]) == (9, True, ["q3"])


def test_many_sheets_are_judged_alike(instrument):
    sheets = np.array([[1, 3, 3], [2, 3, 3], [-1, -1, 3]], dtype=np.int8)
    assert score_many(Plan(instrument, "0" * 64), sheets)["validity"].tolist() == [0, 1, -1]


def test_an_unknown_rule_is_no_default(instrument):
    with pytest.raises(KeyError):
        validity(instrument, {"total": 5}, rule="other")
