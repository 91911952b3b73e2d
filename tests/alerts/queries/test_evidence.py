"""From a real sheet of the library to findings: scale titles in plain words, chosen options by name."""

from qingyan.alerts.queries import packs
from qingyan.alerts.queries.evidence import finding_of_help, findings_on_saved, findings_on_sheet
from qingyan.instruments import api as instruments


def judged(code: str, answers: list[int | None], age: int = 16):
    plan = instruments.plan(code)
    return findings_on_sheet(code, plan.version, answers, plan.score(answers, age=age), age)


MORE_IS_BETTER = {"who-5", "rses", "psss"}  # the file's scores rise with well-being


def extreme(code: str, version: str, *, loud: bool) -> list[int]:
    """The sheet of somebody who is as well, or as badly, as the answers can say."""
    plan = instruments.plan(code, version)
    highest = loud is not (code in MORE_IS_BETTER)
    return [
        (max if highest is not item.reverse else min)(plan.option_values(index))
        for index, item in enumerate(plan.items)
    ]


def test_a_quiet_sheet_gives_no_finding_in_any_instrument():
    for one in instruments.released():
        assert judged(one.code, extreme(one.code, one.version, loud=False)) == [], one.code


def test_the_loudest_sheet_gives_a_finding_unless_the_pack_says_that_the_instrument_raises_nothing():
    for one in instruments.released():
        silent = packs.current().silence_of(one.code) is not None
        assert bool(judged(one.code, extreme(one.code, one.version, loud=True))) is not silent, one.code


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
