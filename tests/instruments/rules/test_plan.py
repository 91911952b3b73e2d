"""The compiled plan equals the reference on every sheet, and answers the small questions of the answering page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.instruments import api
from qingyan.instruments.rules import scoring
from qingyan.instruments.rules.plan import Plan
from qingyan.instruments.rules.scores import InvalidAnswers
from tests.instruments.demo_instrument import every_method

PLANS = [Plan(every_method(), "0" * 64), *(api.plan(summary.code, summary.version) for summary in api.released())]
AGES = st.one_of(st.none(), st.integers(min_value=6, max_value=20))


@st.composite
def sheets(draw: st.DrawFn, gaps: bool) -> tuple[Plan, list[int | None]]:
    plan = draw(st.sampled_from(PLANS))
    shares = st.sampled_from([0.0, 0.02, 0.1, 0.5]) if gaps else st.just(0.0)
    share = draw(shares)
    random = draw(st.randoms(use_true_random=False))
    ceiling = draw(st.integers(min_value=1, max_value=5))
    answers: list[int | None] = []
    for index in range(len(plan.items)):
        missing = random.random() < share
        answers.append(None if missing else random.choice(plan.option_values(index)[:ceiling]))
    return plan, answers


@given(sheets(gaps=False), AGES)
def test_a_full_sheet_scores_as_the_reference_says(sheet, age):
    plan, answers = sheet
    for rule in (None, *(screen.id for screen in plan.instrument.screens)):
        expected = scoring.score(plan.instrument, answers, digest=plan.digest, age=age, rule=rule)
        assert plan.score(answers, age=age, rule=rule) == expected


@given(sheets(gaps=True), AGES)
def test_a_sheet_with_gaps_scores_as_the_reference_says(sheet, age):
    plan, answers = sheet
    expected = scoring.score(plan.instrument, answers, digest=plan.digest, age=age)
    assert plan.score(answers, age=age) == expected


@given(sheets(gaps=False), st.data())
def test_one_wrong_answer_refuses_the_sheet(sheet, data):
    plan, answers = sheet
    index = data.draw(st.integers(min_value=0, max_value=len(answers) - 1))
    answers[index] = data.draw(st.integers().filter(lambda value: value not in plan.option_values(index)))
    with pytest.raises(InvalidAnswers):
        plan.score(answers)


@pytest.mark.parametrize("length", [0, 8, 10])
def test_a_sheet_of_the_wrong_length_is_refused(length):
    with pytest.raises(InvalidAnswers, match=f"the sheet has {length} answers"):
        api.plan("phq-9").score([0] * length)


def test_scores_are_whole_numbers_or_the_decimals_shown():
    values = api.plan("scl-90").score([1] * 56 + [2] * 34).values
    assert repr(values["total"]) == "124"
    assert repr(values["gsi"]) == "1.38"


@pytest.mark.parametrize(
    ("index", "value", "valid"),
    [
        (0, 1, True),
        (0, 5, True),
        (0, 0, False),
        (0, 6, False),
        (0, None, False),
        (0, "3", False),
        (0, True, False),
        (0, 3.0, False),
        (89, 2, True),
        (90, 2, False),
        (-1, 2, False),
        ("0", 2, False),
    ],
)
def test_only_an_option_of_an_item_is_a_valid_answer(index, value, valid):
    assert api.plan("scl-90").valid(index, value) is valid


def test_options_belong_to_the_item():
    plan = api.plan("phq-a")
    assert plan.option_values(0) == (0, 1, 2, 3)
    assert plan.option_values(11) == (0, 1)
    assert plan.valid(11, 1)
    assert not plan.valid(11, 2)


def test_the_critical_items_are_known_by_index():
    critical = {
        summary.code: [i + 1 for i in range(summary.items) if api.plan(summary.code).critical(i)]
        for summary in api.released()
    }
    assert {code: items for code, items in critical.items() if items} == {
        "dass-21": [21],
        "dass-42": [21, 38],
        "phq-9": [9],
        "phq-a": [9, 12, 13],
        "scl-90": [15],
    }


def test_gated_items_are_not_asked_below_their_age():
    plan = api.plan("phq-a")
    assert plan.not_asked(12) == plan.not_asked(None) == frozenset({8, 11, 12})
    assert plan.not_asked(13) == frozenset()


def test_an_instrument_suits_the_ages_it_is_for():
    plan = api.plan("phq-a")
    assert [age for age in range(8, 22) if plan.suits(age)] == list(range(12, 19))
