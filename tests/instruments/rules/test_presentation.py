"""The pupil's page gets texts and options, and never learns which answer raises an alarm."""

import json

import pytest

from qingyan.instruments import api
from qingyan.instruments.contracts import Wording, WordingMissing

CODES = [summary.code for summary in api.released() if not summary.needs_wording]
DIAGNOSIS_WORDS = (
    "抑郁",
    "焦虑",
    "强迫",
    "偏执",
    "精神病",
    "障碍",
    "症",
    "自杀",
    "depress",
    "anxi",
    "disorder",
    "suicid",
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", CODES)
def test_the_page_gets_exactly_these_keys(code, language):
    page = api.presentation(code, age=18, language=language)
    assert page.keys() == {"code", "version", "language", "title", "lead_in", "items"}
    for item in page["items"]:
        assert item.keys() == {"i", "text", "options"}
        assert all(option.keys() == {"v", "label"} for option in item["options"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", CODES)
def test_no_word_of_a_diagnosis_reaches_the_pupil(code, language):
    text = json.dumps(
        {key: value for key, value in api.presentation(code, age=18, language=language).items() if key != "code"},
        ensure_ascii=False,
    ).lower()
    assert not [word for word in DIAGNOSIS_WORDS if word in text]


def test_a_critical_item_looks_like_any_other():
    items = api.presentation("scl-90", age=15)["items"]
    assert items[14]["options"] == items[13]["options"]


def test_gated_items_are_absent_and_the_others_keep_their_place():
    assert [item["i"] for item in api.presentation("phq-a", age=12)["items"]] == [0, 1, 2, 3, 4, 5, 6, 7, 9, 10]
    assert [item["i"] for item in api.presentation("phq-a", age=13)["items"]] == list(range(13))


def test_an_unknown_age_opens_no_gate():
    assert api.presentation("phq-a", age=None) == api.presentation("phq-a", age=12)


def test_a_sheet_answered_by_a_younger_pupil_scores_without_the_hidden_items():
    plan = api.plan("phq-a")
    answers: list[int | None] = [None] * len(plan.items)
    for item in api.presentation("phq-a", age=12)["items"]:
        answers[item["i"]] = item["options"][1]["v"]
    scores = plan.score(answers, age=12)
    assert scores.values["total"] == 8
    assert scores.missing == ()
    assert scores.not_asked == ("q9", "q12", "q13")


def test_a_reader_may_change_what_they_got():
    api.presentation("phq-9", age=20)["items"].clear()
    assert len(api.presentation("phq-9", age=20)["items"]) == 9


def test_without_words_nobody_is_asked_and_brought_words_are_used():
    with pytest.raises(WordingMissing):
        api.presentation("isi", age=15)
    words = Wording({f"q{n}": f"sentence {n}" for n in range(1, 8)}, {}, "Read this")
    with pytest.raises(WordingMissing):
        api.presentation("isi", age=15, words=words)
    labels = {f"q{n}": {value: f"answer {value}" for value in range(5)} for n in range(1, 8)}
    page = api.presentation("isi", age=15, words=Wording(words.texts, labels, "Read this"))
    assert page["lead_in"] == "Read this"
    assert page["items"][2]["text"] == "sentence 3"
    assert page["items"][6]["options"][4] == {"v": 4, "label": "answer 4"}
