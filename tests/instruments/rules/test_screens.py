"""Screening rules: three-valued logic, and both operators at each cut-off."""

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.screens import chosen_rule, judge
from tests.instruments.demo_instrument import every_method


def raised(count: int, value: int, *, first: int = 0) -> list[int]:
    """An SCL-90 sheet of ones with `count` answers from `first` raised to `value`."""
    return [value if first <= index < first + count else 1 for index in range(90)]


@pytest.mark.parametrize(
    ("total", "average", "outcome"),
    [
        (7, 2.0, True),
        (7, 2.34, False),
        (6, 2.0, False),
        (None, 2.0, None),
        (7, None, None),
        (6, None, False),
        (None, 2.34, False),
    ],
)
def test_a_rule_of_all_conditions(total, average, outcome):
    rule = chosen_rule(every_method(), "both")
    assert judge(rule, {"total": total, "doubled": total, "average": average})[0] is outcome


def test_one_known_scale_is_enough_for_an_any_condition():
    rule = chosen_rule(every_method(), "both")
    assert judge(rule, {"total": 7, "doubled": None, "average": 1})[0] is True
    assert judge(rule, {"total": 6, "doubled": None, "average": 1})[0] is None


def test_an_instrument_without_a_rule_says_so():
    scores = api.plan("dass-42").score([3] * 42)
    assert (scores.screen, scores.screen_rule, scores.screen_reasons) == (None, None, ())


def test_an_unknown_rule_is_refused():
    with pytest.raises(KeyError, match="no screening rule 'strict'"):
        api.plan("phq-9").score([0] * 9, rule="strict")


@pytest.mark.parametrize(
    ("code", "rule", "sheet", "positive"),
    [
        ("phq-9", None, [1] * 9, False),
        ("phq-9", None, [2] + [1] * 8, True),
        ("phq-a", None, [2] * 5 + [0] * 8, False),
        ("phq-a", None, [2] * 5 + [1] + [0] * 7, True),
        ("phq-a", "adult", [2] * 4 + [1] + [0] * 8, False),
        ("phq-a", "adult", [2] * 5 + [0] * 8, True),
        ("gad-7", None, [2, 2] + [1] * 5, False),
        ("gad-7", None, [2, 2, 2] + [1] * 4, True),
        ("gad-7", "hong_kong_15_24", [0] + [1] * 6, False),
        ("gad-7", "hong_kong_15_24", [1] * 7, True),
        ("gad-7", "adolescent_clinical", [2, 2, 2] + [1] * 4, False),
        ("gad-7", "adolescent_clinical", [2, 2, 2, 2] + [1] * 3, True),
        ("ces-d", None, [3] + [0] * 19, False),
        ("ces-d", None, [3, 1] + [0] * 18, True),
        ("ces-d", "at_least_20", [3, 3, 1] + [0] * 17, False),
        ("ces-d", "at_least_20", [3, 3, 2] + [0] * 17, True),
        ("ces-d", "at_least_24", [3, 3, 3, 0, 2] + [0] * 15, False),
        ("ces-d", "at_least_24", [3, 3, 3, 0, 3] + [0] * 15, True),
        ("ces-d", "at_least_29", [3, 3, 3, 0, 3, 3, 1] + [0] * 13, False),
        ("ces-d", "at_least_29", [3, 3, 3, 0, 3, 3, 2] + [0] * 13, True),
        ("ces-dc", None, [3] + [0] * 19, False),
        ("ces-dc", None, [3, 1] + [0] * 18, True),
        ("ces-dc", "at_least_15", [2] + [0] * 19, False),
        ("ces-dc", "at_least_15", [3] + [0] * 19, True),
        ("scl-90", None, raised(43, 2), False),
        ("scl-90", None, raised(44, 2), True),
        ("scl-90", "at_least", raised(42, 2), False),
        ("scl-90", "at_least", raised(43, 2), True),
        ("scl-90", "factor_at_least", raised(43, 2), False),
        ("scl-90", "factor_at_least", raised(44, 2), True),
        ("scl-90", "total_only", raised(70, 2), False),
        ("scl-90", "total_only", raised(71, 2), True),
    ],
)
def test_a_sheet_just_below_and_just_at_the_cut_off(code, rule, sheet, positive):
    assert api.plan(code).score(sheet, age=15, rule=rule).screen is positive


@pytest.mark.parametrize(("rule", "positive"), [("default", False), ("at_least", True), ("factor_at_least", True)])
def test_a_factor_of_exactly_two_divides_the_readings(rule, positive):
    hostility = {10, 23, 62, 66, 73, 80}
    sheet = [2 if index in hostility else 1 for index in range(90)]
    scores = api.plan("scl-90").score(sheet, rule=rule)
    assert scores.values["hos"] == 2.0
    assert scores.screen is positive


def test_the_reasons_name_the_conditions_reached():
    scores = api.plan("scl-90").score([2] * 90)
    assert [(r.scale, r.op, r.value, r.score) for r in scores.screen_reasons] == [
        ("total", ">", 160, 180),
        ("positive_items", ">", 43, 90),
    ]
    assert scores.screen_rule == "default"


def test_an_undecided_screen_names_the_scales_without_a_value():
    scores = api.plan("phq-9").score([1] * 6 + [None] * 3)
    assert scores.screen is None
    assert [(reason.scale, reason.score) for reason in scores.screen_reasons] == [("total", None)]
