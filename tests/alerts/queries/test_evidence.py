"""From a real sheet of the library to findings: scale titles in plain words, chosen options by name."""

from qingyan.alerts.queries.evidence import finding_of_help, findings_on_saved, findings_on_sheet
from qingyan.instruments import api as instruments


def judged(code: str, answers: list[int | None], age: int = 16):
    plan = instruments.plan(code)
    return findings_on_sheet(code, plan.version, answers, plan.score(answers, age=age), age)


# The released rule pack says nothing about these: their results are filed and no alert is raised until a new pack does.
WITHOUT_RULES = {
    *("aslec", "ces-d", "isi", "mht", "mmhi-60", "pss-10", "psss", "rses", "scared"),
    *("sdq-self", "sdq-parent", "sdq-teacher", "ucla-8", "who-5"),
}


def test_a_quiet_sheet_gives_no_finding_in_any_instrument():
    for summary in instruments.released():
        plan = instruments.plan(summary.code, summary.version)
        calm = []
        for index, item in enumerate(plan.items):
            values = plan.option_values(index)
            calm.append(max(values) if item.reverse else min(values))
        assert judged(summary.code, calm) == [], summary.code


def test_the_loudest_sheet_gives_a_finding_in_every_instrument_that_the_pack_knows():
    for summary in instruments.released():
        plan = instruments.plan(summary.code, summary.version)
        loud = []
        for index, item in enumerate(plan.items):
            values = plan.option_values(index)
            loud.append(min(values) if item.reverse else max(values))
        assert bool(judged(summary.code, loud)) is (summary.code not in WITHOUT_RULES), summary.code


def test_scl90_at_the_screening_line_speaks_in_plain_words():
    answers = [1] * 90
    for index in range(1, 1 + 44 * 2, 2):  # 44 items with some trouble, none of them critical
        answers[index] = 2
    (finding,) = judged("scl-90", answers)
    assert finding.level == "yellow"
    assert "有困扰的题数" in finding.because[0].detail
    assert not any(word in finding.because[0].detail for word in ("抑郁", "焦虑", "阳性"))


def test_one_saved_answer_is_named_by_its_option():
    (finding,) = findings_on_saved("phq-a", "1.0", {8: 2}, 15)
    assert (finding.level, finding.because[0].detail) == ("red", "作答：超过一半的日子")


def test_a_saved_answer_that_no_rule_reads_gives_nothing():
    assert findings_on_saved("phq-a", "1.0", {0: 3}, 15) == []


def test_help_is_asked_for_in_the_words_of_the_pack():
    assert "老师" in finding_of_help().because[0].text
