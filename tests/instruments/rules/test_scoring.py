"""The reference scoring: methods, missing answers, items not asked, flagged answers, published keys."""

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.scores import RULE_VERSION, InvalidAnswers, Reason
from qingyan.instruments.rules.scoring import gated, score
from qingyan.instruments.rules.vocabulary import Concern
from tests.instruments.demo_instrument import every_method

# The factor key of the SCL-90 as published, written down apart from the library.
SCL_90_KEY = {
    "som": {1, 4, 12, 27, 40, 42, 48, 49, 52, 53, 56, 58},
    "oc": {3, 9, 10, 28, 38, 45, 46, 51, 55, 65},
    "is": {6, 21, 34, 36, 37, 41, 61, 69, 73},
    "dep": {5, 14, 15, 20, 22, 26, 29, 30, 31, 32, 54, 71, 79},
    "anx": {2, 17, 23, 33, 39, 57, 72, 78, 80, 86},
    "hos": {11, 24, 63, 67, 74, 81},
    "phob": {13, 25, 47, 50, 70, 75, 82},
    "par": {8, 18, 43, 68, 76, 83},
    "psy": {7, 16, 35, 62, 77, 84, 85, 87, 88, 90},
    "add": {19, 44, 59, 60, 64, 66, 89},
}


def test_each_method_gives_its_value():
    # q2 is reversed, so the scored answers are 3, 1, 2.
    values = score(every_method(), [3, 2, 2], age=15).values
    assert values == {
        "total": 6,
        "average": 2.0,
        "doubled": 12.0,
        "weighted": 2 * 3 - 1 + 3 * 2,
        "top": 3,
        "some": 3,
        "none": 0,
        "depth": 2.0,
        "single": 1,
        "t": 60.0,
    }


def test_one_missing_answer_is_treated_as_each_scale_says():
    scores = score(every_method(), [3, 2, None], age=15)
    assert scores.values["total"] == 6  # 4 over 2 items is 6 over 3
    assert scores.values["average"] == 2.0
    assert scores.values["top"] == 3
    assert scores.values["some"] == 3  # 2 over 2 is 3 over 3
    assert scores.not_scorable == {"weighted": Reason.MISSING_ANSWERS}
    assert scores.missing == ("q3",)


def test_too_many_missing_answers_give_no_value_and_a_reason():
    scores = score(every_method(), [3, None, None], age=15)
    assert scores.values["total"] is None
    assert scores.not_scorable["total"] is Reason.MISSING_ANSWERS
    assert scores.not_scorable["t"] is Reason.MISSING_ANSWERS
    assert "total" not in scores.bands


def test_a_mean_of_positive_items_is_undefined_without_one():
    scores = score(every_method(), [0, 3, 0], age=15)
    assert scores.values["depth"] is None
    assert scores.not_scorable["depth"] is Reason.NO_POSITIVE_ITEM


def test_an_item_below_its_gate_is_not_asked_and_never_made_up_for():
    scores = score(every_method(), [3, 2, None], age=13)
    assert scores.values["total"] == 4
    assert scores.values["average"] == 2.0
    assert (scores.missing, scores.not_asked) == ((), ("q3",))
    assert scores.not_scorable == {"weighted": Reason.NOT_ASKED, "t": Reason.NOT_ASKED}


def test_a_gated_item_that_was_answered_all_the_same_counts():
    scores = score(every_method(), [3, 2, 3], age=13)
    assert scores.values["total"] == 7
    assert [answer.item for answer in scores.critical] == ["q3"]
    assert scores.not_asked == ()


def test_an_unknown_age_counts_as_the_youngest():
    instrument = every_method()
    assert gated(instrument, None) == gated(instrument, 12) == frozenset({2})
    assert gated(instrument, 14) == frozenset()


def test_a_sheet_without_any_answer_scores_nothing():
    instrument = every_method()
    scores = score(instrument, [None] * 3, age=15)
    assert set(scores.not_scorable.values()) == {Reason.MISSING_ANSWERS}
    assert scores.not_scorable.keys() == {scale.id for scale in instrument.scales}
    assert scores.screen is None


@pytest.mark.parametrize("answers", [[1, 2], [1, 2, 3, 0], [1, 2, 4], [1, 2, -1], [1, 2, 300]])
def test_a_sheet_that_does_not_fit_is_refused(answers):
    with pytest.raises(InvalidAnswers):
        score(every_method(), answers, age=15)


def test_a_critical_answer_above_the_lowest_option_is_evidence():
    scores = api.plan("scl-90").score([1] * 14 + [3] + [1] * 43 + [2] + [1] * 31)
    assert [(a.index, a.item, a.value, a.lowest, a.highest) for a in scores.critical] == [(14, "q15", 3, 1, 5)]
    assert scores.critical[0].concern is Concern.SUICIDAL_THOUGHT
    assert [answer.item for answer in scores.watched] == ["q59"]


def test_results_carry_code_version_hash_and_rule_version():
    plan = api.plan("phq-9")
    scores = plan.score([0] * 9)
    assert (scores.instrument, scores.version, scores.rule_version) == ("phq-9", "1.0", RULE_VERSION)
    assert scores.digest == plan.digest
    assert len(scores.digest) == 64


def test_the_scl_90_factors_are_the_published_key_and_use_every_item_once():
    scales = {scale.id: scale for scale in api.instrument("scl-90").scales}
    for factor, numbers in SCL_90_KEY.items():
        assert set(scales[factor].items) == {f"q{number}" for number in numbers}
    assert sorted(number for numbers in SCL_90_KEY.values() for number in numbers) == list(range(1, 91))


def test_positive_and_negative_items_add_up_to_ninety():
    values = api.plan("scl-90").score([1, 2, 3, 4, 5, 1] * 15).values
    assert (values["positive_items"], values["negative_items"]) == (60, 30)
    # (total - negative items) / positive items, the formula as printed for the 1-5 coding
    assert values["total"] == 240
    assert values["psdi"] == (240 - 30) / 60


def test_ces_dc_reverses_items_4_8_12_and_16():
    assert [item.id for item in api.instrument("ces-dc").items if item.reverse] == ["q4", "q8", "q12", "q16"]


def test_dass_21_is_half_of_the_long_form_doubled():
    values = api.plan("dass-21").score([1] * 21).values
    assert values == {"depression": 14, "anxiety": 14, "stress": 14}
    keys = {scale.id: [int(item[1:]) for item in scale.items] for scale in api.instrument("dass-21").scales}
    assert keys == {
        "depression": [3, 5, 10, 13, 16, 17, 21],
        "anxiety": [2, 4, 7, 9, 15, 19, 20],
        "stress": [1, 6, 8, 11, 12, 14, 18],
    }
