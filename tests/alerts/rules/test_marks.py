"""Items marked in a brought wording: by their concern, from a share of the way up; the lowest answer never."""

import pytest

from qingyan.alerts.queries import packs
from qingyan.alerts.rules.judging import Evidence, UnfitPack, check, evaluate, evaluate_at_once
from qingyan.alerts.rules.marks import MarkedAnswer
from qingyan.instruments.contracts import Concern


def answer(value: int, *, concern=Concern.SUICIDAL_THOUGHT, lowest=1, highest=5, item="q85") -> MarkedAnswer:
    return MarkedAnswer(item, 85, concern, value, lowest, highest)


def levels(*answers: MarkedAnswer) -> list[str]:
    found = evaluate(packs.current(), Evidence("mmhi-60", {}, marked=answers))
    return [finding.level for finding in found]


def test_a_mark_of_five_steps_is_judged_as_item_15_of_scl90_is() -> None:
    by_mark = [levels(answer(value)) for value in range(1, 6)]
    built_in = [
        [f.level for f in evaluate(packs.current(), Evidence("scl-90", {"q15": value}))] for value in range(1, 6)
    ]
    assert by_mark == built_in == [[], ["orange"], ["red"], ["red"], ["red"]]


def test_a_yes_is_red_and_a_no_is_nothing() -> None:
    assert levels(answer(1, lowest=0, highest=1)) == ["red"]
    assert levels(answer(0, lowest=0, highest=1)) == []


def test_every_concern_has_a_rule_and_speaks_at_its_highest_answer() -> None:
    assert {rule.concern for rule in packs.current().marked} == set(Concern)
    for concern in Concern:
        assert levels(answer(5, concern=concern))
        assert levels(answer(1, concern=concern)) == []


def test_each_marked_item_raises_for_itself_and_only_when_it_was_just_saved() -> None:
    two = Evidence("mht", {}, marked=(answer(5), answer(4, item="q87")))
    at_once = [evaluate_at_once(packs.current(), two, saved=[item]) for item in ("q85", "q87", "q1")]
    assert [[f.rule_id for f in found] for found in at_once] == [
        ["marked_suicidal_thought_red__q85"],
        ["marked_suicidal_thought_red__q87"],
        [],
    ]
    assert packs.current().mark_rule("marked_suicidal_thought_red__q85").level == "red"
    assert packs.current().mark_rule("scl90_end_life_red") is None


def test_the_rule_of_an_alert_fits_its_column_for_every_concern() -> None:
    assert all(len(f"{rule.id}__q100") <= 60 for rule in packs.current().marked)


def test_a_mark_whose_example_disagrees_is_refused() -> None:
    pack = packs.current()
    wrong = pack.marked[0].model_copy(update={"reach": 100})
    with pytest.raises(UnfitPack, match="gives the opposite"):
        check(pack.model_copy(update={"marked": (wrong,)}))
