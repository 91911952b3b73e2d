"""Every rule of every released pack, tried on both sides of its boundary; and the engine's own promises."""

from datetime import UTC, datetime, timedelta

import pytest

from qingyan.alerts.queries import packs
from qingyan.alerts.rules.judging import (
    Evidence,
    UnfitPack,
    asked_for_help,
    check,
    due_at,
    evaluate,
    evaluate_at_once,
    example_evidence,
    holds,
)
from qingyan.alerts.rules.pack import COMPARE, Example, ItemCondition, Pack, Reference, Rule, ScaleCondition, Silence
from qingyan.instruments import api as instruments

PACKS = [packs.load(code, version) for code, version in packs.released()]
CASES = [(pack, rule, example) for pack in PACKS for rule in pack.rules for example in rule.examples]
DIAGNOSES = ("抑郁症", "焦虑症", "强迫症", "精神病", "精神分裂", "双相", "障碍", "患者", "确诊", "诊断为")


@pytest.mark.parametrize(
    ("pack", "rule", "example"), CASES, ids=lambda case: getattr(case, "id", getattr(case, "why", ""))
)
def test_a_rule_holds_exactly_where_its_examples_say(pack: Pack, rule: Rule, example: Example) -> None:
    assert holds(rule, example_evidence(rule, example)) is example.holds


def test_every_numeric_rule_has_an_example_right_at_its_threshold_and_one_right_below() -> None:
    for pack in PACKS:
        for rule in pack.rules:
            for condition in rule.when:
                if isinstance(condition, ItemCondition):
                    given = {example.answers[condition.item] for example in rule.examples}
                    assert {condition.value, condition.value - 1} <= given, rule.id


def test_every_scale_rule_of_the_new_instruments_is_tried_at_its_line_and_beside_it() -> None:
    for rule in packs.load("default", "1.1").rules:
        for condition in rule.when:
            if isinstance(condition, ScaleCondition):
                given = {example.scores[condition.scale] for example in rule.examples if example.scores}
                nearest = sorted(given, key=lambda value: abs(value - condition.value))[:2]
                assert {COMPARE[condition.op](value, condition.value) for value in nearest} == {True, False}, rule.id
                assert condition.value in given or condition.op in (">", "<"), rule.id


@pytest.mark.parametrize(
    ("code", "scale", "steps"),
    [
        ("ces-d", "total", {23: [], 24: ["yellow"], 28: ["yellow"], 29: ["orange"]}),
        ("who-5", "total", {52: [], 50: ["yellow"], 32: ["yellow"], 28: ["orange"]}),
        ("isi", "total", {14: [], 15: ["yellow"], 21: ["yellow"], 22: ["orange"]}),
        ("scared", "total", {24: [], 25: ["yellow"], 30: ["yellow"], 31: ["yellow"]}),
        ("rses", "total", {25: [], 24: ["yellow"]}),
        ("sdq-self", "total", {17: [], 18: ["yellow"]}),
        ("mht", "total", {55: [], 56: ["yellow"], 64: ["yellow"], 65: ["orange"]}),
        ("mmhi-60", "total_mean", {1.99: [], 2: ["yellow"], 2.99: ["yellow"], 3: ["orange"]}),
    ],
)
def test_at_each_score_exactly_this_level_is_proposed(code, scale, steps) -> None:
    found = {
        score: [one.level for one in evaluate(packs.current(), Evidence(code, {}, scores={scale: score}, age=15))]
        for score in steps
    }
    assert found == steps


def test_more_than_thirty_and_at_least_twenty_five_are_two_lines_and_the_reasons_say_which() -> None:
    reasons = {
        score: [
            r.detail
            for f in evaluate(packs.current(), Evidence("scared", {}, scores={"total": score}))
            for r in f.because
        ]
        for score in (30, 31)
    }
    assert reasons == {30: ["total 30（提示线 ≥ 25）"], 31: ["total 31（提示线 ≥ 25）", "total 31（提示线 ＞ 30）"]}


def test_every_instrument_has_rules_or_says_that_it_raises_nothing_on_its_own() -> None:
    pack = packs.current()
    spoken = {rule.instrument for rule in pack.rules}
    silent = {one.instrument for one in pack.silent}
    released = {one.code for one in instruments.released()}
    assert released == spoken | silent
    assert not spoken & silent


def test_a_silent_instrument_raises_nothing_at_its_worst() -> None:
    for one in packs.current().silent:
        for scale in instruments.instrument(one.instrument).scales:
            for score in (0, 1000):
                evidence = Evidence(one.instrument, {}, scores={scale.id: score}, screen=True, age=15)
                assert evaluate(packs.current(), evidence) == []


def test_an_instrument_that_has_rules_and_says_it_has_none_is_refused() -> None:
    both = (Silence(instrument="scl-90", text="nothing"),)
    with pytest.raises(UnfitPack, match="says that it has none"):
        check(packs.current().model_copy(update={"silent": both}))


def test_the_older_pack_is_still_there_and_no_rule_of_it_was_changed() -> None:
    older, newer = packs.load("default", "1.0"), packs.current()
    for rule in older.rules:
        assert newer.rule(rule.id).model_copy(update={"base_rate": None}) == rule


def test_every_rule_names_items_scales_and_bands_that_its_instrument_has() -> None:
    for pack in PACKS:
        for rule in pack.rules:
            instrument = instruments.instrument(rule.instrument)
            scales = {scale.id: {band.level for band in scale.bands} for scale in instrument.scales}
            assert rule.items <= {item.id for item in instrument.items}, rule.id
            for condition in rule.when:
                if scale := getattr(condition, "scale", None):
                    assert scale in scales, rule.id
                    assert set(getattr(condition, "bands", ())) <= scales[scale], rule.id
                if hasattr(condition, "screen"):
                    assert instrument.screens, rule.id


def test_every_critical_item_of_every_instrument_raises_at_once_when_it_is_answered_at_its_highest() -> None:
    tried = 0
    for summary in instruments.released():
        instrument = instruments.instrument(summary.code, summary.version)
        for item in instrument.items:
            if item.critical:
                highest = max(option.value for option in instrument.options_of(item))
                found = evaluate_at_once(
                    packs.current(), Evidence(summary.code, {item.id: highest}, age=15), saved=[item.id]
                )
                assert found, f"{summary.code} {item.id} would stay unseen until the sheet is handed in"
                tried += 1
    assert tried >= 10


def test_every_item_that_a_rule_reads_at_once_is_announced_at_once() -> None:
    for rule in packs.current().rules:
        items = {item.id: item for item in instruments.instrument(rule.instrument).items}
        for item_id in rule.items if rule.at_once else ():
            assert items[item_id].critical or items[item_id].watch, f"{rule.id}: screening does not announce {item_id}"


def test_no_sentence_of_a_pack_contains_a_diagnosis() -> None:
    for pack in PACKS:
        steps = [step for plan in pack.levels.values() for step in plan.steps]
        words = [pack.about, pack.help_requested.text, *steps, *(rule.text for rule in pack.rules)]
        words += [rule.text for rule in pack.marked] + [one.text for one in pack.silent]
        assert not [(word, text) for text in words for word in DIAGNOSES if word in text]


def test_scl90_item_15_is_red_from_moderate_and_orange_below_that() -> None:
    levels = [
        [finding.level for finding in evaluate(packs.current(), Evidence("scl-90", {"q15": answer}))]
        for answer in (1, 2, 3, 4, 5)
    ]
    assert levels == [[], ["orange"], ["red"], ["red"], ["red"]]


def test_of_one_topic_only_the_most_urgent_rule_speaks_and_other_topics_speak_too() -> None:
    found = evaluate(packs.current(), Evidence("scl-90", {"q15": 5, "q59": 3}, scores={"dep": 3.2}, screen=True))
    assert [(finding.level, finding.rule_id) for finding in found] == [
        ("red", "scl90_end_life_red"),
        ("orange", "scl90_thought_of_death_orange"),
        ("orange", "scl90_low_mood_orange"),
    ]


def test_a_finding_gives_its_reasons_with_the_words_of_the_answer_and_the_figure() -> None:
    evidence = Evidence("scl-90", {"q15": 4}, scores={"dep": 3.2}, labels={"q15": "比较重"}, titles={"dep": "抑郁"})
    reasons = [reason for finding in evaluate(packs.current(), evidence) for reason in finding.because]
    assert [reason.detail for reason in reasons] == ["作答：比较重", "抑郁 3.2（提示线 ≥ 3）"]
    assert all("第 15 题" in reasons[0].text and reason.text for reason in reasons)


def test_a_screening_rule_tells_which_of_its_lines_was_reached() -> None:
    evidence = Evidence("scl-90", {}, screen=True, reached=(("total", ">", 160, 172),), titles={"total": "总分"})
    (finding,) = evaluate(packs.current(), evidence)
    assert (finding.level, finding.because[0].detail) == ("yellow", "总分 172（提示线 ＞ 160）")


def test_an_unanswered_item_an_unscorable_scale_and_an_undecided_screen_never_raise() -> None:
    assert evaluate(packs.current(), Evidence("scl-90", {"q15": None}, scores={"dep": None}, screen=None)) == []


def test_single_answers_are_judged_at_once_only_when_they_were_just_saved() -> None:
    evidence = Evidence("phq-a", {"q9": 3, "q12": 1})
    assert [f.rule_id for f in evaluate_at_once(packs.current(), evidence, saved=["q9"])] == ["phqa_self_harm_red"]
    assert evaluate_at_once(packs.current(), evidence, saved=["q1"]) == []


def test_an_age_decides_which_line_counts_and_an_unknown_age_meets_neither() -> None:
    by_age = {
        age: [f.rule_id for f in evaluate(packs.current(), Evidence("phq-a", {}, scores={"total": 10}, age=age))]
        for age in (15, 18, None)
    }
    assert by_age == {15: [], 18: ["phqa_adult_yellow"], None: []}


def test_asking_for_help_is_a_finding_of_its_own() -> None:
    finding = asked_for_help(packs.current())
    assert (finding.level, finding.rule_id) == ("red", "help_requested")


def test_the_first_talk_is_due_by_level() -> None:
    raised = datetime(2026, 11, 24, 2, tzinfo=UTC)
    spans = [due_at(packs.current(), level, raised_at=raised) - raised for level in ("red", "orange", "yellow")]
    assert spans == [timedelta(hours=4), timedelta(hours=48), timedelta(days=7)]


def _rule(**changes: object) -> Rule:
    sides = (Example(why="at", holds=True, answers={"q1": 2}), Example(why="below", holds=False, answers={"q1": 1}))
    given = {
        "id": "r",
        "instrument": "scl-90",
        "topic": "t",
        "level": "red",
        "text": "提示",
        "when": (ItemCondition(item="q1", op=">=", value=2),),
        "source": Reference(text="s", read=False),
        "examples": sides,
    }
    return Rule(**{**given, **changes})


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        ((_rule(), _rule()), "used twice"),
        ((_rule(when=(ItemCondition(item="q1", op=">=", value=3),)),), "gives the opposite"),
        ((_rule(examples=(Example(why="a", holds=True, answers={"q1": 2}),) * 2),), "each side"),
    ],
)
def test_a_pack_that_contradicts_itself_is_refused(rules: tuple[Rule, ...], fault: str) -> None:
    pack = packs.current().model_copy(update={"rules": rules})
    with pytest.raises(UnfitPack, match=fault):
        check(pack)


def test_a_pack_without_a_plan_for_a_level_or_half_a_signature_is_refused() -> None:
    pack = packs.current()
    with pytest.raises(UnfitPack, match="has no plan"):
        check(pack.model_copy(update={"levels": {"red": pack.levels["red"]}}))
    with pytest.raises(UnfitPack, match="belong together"):
        check(pack.model_copy(update={"signed_by": "somebody"}))
