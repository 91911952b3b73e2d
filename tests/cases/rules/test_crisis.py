"""What a report upwards must hold, and what it must not: a name, however it is typed."""

import pytest

from qingyan.cases.queries.crisis_packs import crisis
from qingyan.cases.rules.crisis import CONTINUED, FINAL, FIRST, THREAD, missing, named
from qingyan.foundation.pure.workflow import NotAllowed

WHOLE = {"facts": "x", "measures": "x", "next": "x", "needs": ""}


def test_the_pack_is_a_demonstration_with_the_terms_of_the_glass():
    assert crisis().signed_by is None
    assert (crisis().glass.minutes, crisis().glass.review_hours) == (60, 72)


@pytest.mark.parametrize("gap", ["facts", "measures", "next"])
def test_what_must_be_written_is_asked_for(gap):
    assert missing(crisis(), WHOLE) == [], "the control: needs may stay empty"
    assert missing(crisis(), WHOLE | {gap: "  "}) == [gap]
    assert missing(crisis(), WHOLE | {"diary": "x"}) == ["diary"]


@pytest.mark.parametrize("text", ["陈雨桐今天没来", "陈 雨 桐", "学生：陈雨桐。", "陈\n雨桐"])
def test_a_name_is_found_however_it_is_typed(text):
    assert named([text], ["陈雨桐"])
    assert not named([text.replace("桐", "生")], ["陈雨桐"])


def test_an_empty_name_finds_nothing():
    assert not named(["x"], [""])


def test_the_final_report_comes_after_a_written_one():
    assert THREAD.target(verb=FIRST, origin="announced", given={"report": "x"}) == "running"
    assert THREAD.target(verb=CONTINUED, origin="running", given={"report": "x"}) == "running"
    with pytest.raises(NotAllowed):
        THREAD.target(verb=FINAL, origin="announced", given={"report": "x"})
