"""Entries in words: bands, norms, why a scale has no value, and how carefully the sheet was answered."""

from uuid import uuid4

import pytest
from django.utils import timezone

from qingyan.alerts.queries.readings import acknowledgement, alert, quality_words, result
from qingyan.archives.contracts import AlertContent, EntryFacts, ResultContent
from qingyan.instruments import api as instruments

CAREFUL = {"total_ms": 600_000, "longest_run": 6, "quick_share": 0.0, "missing": 0}


def entry(kind: str, content: dict) -> EntryFacts:
    return EntryFacts(kind, timezone.now(), "标题", uuid4(), uuid4(), content)


def scored(code: str, answers: list[int | None]) -> EntryFacts:
    scores = instruments.plan(code).score(answers, age=15)
    content = ResultContent(
        instrument=code,
        version=scores.version,
        campaign="",
        values=scores.values,
        bands=scores.bands,
        not_scorable={scale: str(reason) for scale, reason in scores.not_scorable.items()},
        screen=scores.screen,
        quality=CAREFUL,
    )
    return entry("result", content.as_json())


def test_a_result_tells_every_scale_its_band_its_norm_and_what_may_be_drawn():
    facts = scored("scl-90", [3] * 90)
    reading = result(facts, "qingshi")
    by_id = {scale.scale: scale for scale in reading.scales}
    assert (by_id["total"].value, by_id["total"].words, by_id["total"].tone) == (270, "达到关注线", "orange")
    assert "1.61" in by_id["gsi"].note
    assert {scale.scale for scale in reading.scales if scale.charted} >= {"som", "dep", "anx"}
    assert not by_id["total"].charted, "a sum of 90 items would flatten the factors"
    assert reading.mark == "达到筛查提示线"
    assert reading.link == f"/s/qingshi/answers/{facts.source}/"


def test_a_result_names_the_cutoff_of_its_round():
    facts = scored("scl-90", [3] * 90)
    facts.content["screen_rule"] = "total_only"
    assert result(facts, "qingshi").mark == "达到筛查提示线（总分 >160）"
    facts.content["screen_rule"] = "gone"
    assert result(facts, "qingshi").mark == "达到筛查提示线"


def test_a_scale_that_could_not_be_scored_says_why():
    reading = result(scored("gad-7", [None] * 7), "qingshi")
    assert [(scale.value, scale.note) for scale in reading.scales] == [(None, "漏答较多，不计分")]
    assert reading.mark == ""


def test_a_result_of_an_unknown_version_still_shows_its_title():
    reading = result(entry("result", {"instrument": "gad-7", "version": "99.0"}), "qingshi")
    assert reading.title == "标题"
    assert "不在量表库中" in reading.notes[0]


def test_an_alert_and_its_acknowledgement_lead_to_the_alert():
    facts = entry("alert", AlertContent("x", "red", "scl-90", ("理由",)).as_json())
    reading = alert(facts, "qingshi")
    assert (reading.tone, reading.notes) == ("red", ("理由",))
    assert reading.link == f"/s/qingshi/alerts/{facts.source}/"
    assert acknowledgement(facts, "qingshi").link == reading.link


@pytest.mark.parametrize(
    ("quality", "part"),
    [
        (CAREFUL, "未见异常，用时 10 分钟"),
        ({**CAREFUL, "quick_share": 0.3}, "30% 的题在 1 秒内作答"),
        ({**CAREFUL, "longest_run": 46}, "连续 46 题选同一项"),
        ({**CAREFUL, "longest_run": 45}, "未见异常"),
        ({**CAREFUL, "missing": 2}, "漏答 2 题"),
        ({**CAREFUL, "validity": {"rule": "at_least_7", "doubtful": True}}, "效度题的得分偏高"),
        ({**CAREFUL, "validity": {"rule": "at_least_7", "doubtful": False}}, "未见异常"),
        ({**CAREFUL, "quick_share": None}, "未见异常"),
        ({}, "没有记录"),
    ],
)
def test_the_answering_quality_is_one_sentence(quality, part):
    assert part in quality_words(quality, 90)
