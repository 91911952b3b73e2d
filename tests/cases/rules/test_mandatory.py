"""The nine situations: all of them are asked, and a suspicion suffices."""

import pytest

from qingyan.cases.queries import packs
from qingyan.cases.rules.mandatory import must_report, unanswered

LAW = packs.law()
NONE = {one.code: "no" for one in LAW.situations}


def test_there_are_nine_with_their_source_to_be_compared():
    assert len(LAW.situations) == 9
    assert "高检发〔2020〕9号" in LAW.source.text
    assert LAW.source.read is False


@pytest.mark.parametrize("answer", ["yes", "suspected"])
@pytest.mark.parametrize("code", [one.code for one in LAW.situations])
def test_one_that_is_there_or_suspected_must_be_reported(code, answer):
    assert must_report(NONE | {code: answer})
    assert not must_report(NONE)


def test_a_gap_is_no_check():
    assert unanswered(LAW, NONE) == []
    assert unanswered(LAW, {key: value for key, value in NONE.items() if key != "begging"}) == ["begging"]
    assert unanswered(LAW, NONE | {"begging": "maybe"}) == ["begging"]
