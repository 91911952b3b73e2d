"""Points explain themselves, only add, and refuse a pack in which a worse level would count less."""

import pytest
from pydantic import ValidationError

from qingyan.early_warning.queries.point_packs import SHELF, parse
from qingyan.early_warning.rules.learning import UNKNOWN
from qingyan.early_warning.rules.points import MOST_HOURS, points

TEXT = (SHELF / "1.0.yaml").read_text(encoding="utf-8")
PACK = parse(TEXT)
WORST = {sign.code: len(sign.levels) - 1 for sign in PACK.signs}


def test_nothing_known_counts_nothing_and_says_so():
    found = points(PACK, {})
    assert (found.total, found.hours, found.moving) == (0, 0, ())
    assert {one.level for one in found.reasons} == {""}


def test_not_known_is_not_the_same_as_none():
    said, unsaid = points(PACK, {"observed": 0}), points(PACK, {"observed": UNKNOWN})
    words = [next(one.level for one in found.reasons if one.code == "observed") for found in (said, unsaid)]
    assert words == ["没有", ""]


def test_each_point_has_its_reason_and_the_weightiest_comes_first():
    found = points(PACK, {"asked": 1, "earlier_alert": 2, "earlier_case": 0})
    assert [(one.words, one.level, one.points) for one in found.moving] == [
        ("半年内本人另外求助过", "有", 6),
        ("半年内别的答卷或报告的提示", "橙", 2),
    ]
    assert (found.total, found.hours) == (8, 96)


def test_what_the_queue_counts_already_is_shown_and_not_counted_twice():
    found = points(PACK, {"critical": 1, "reported": 1})
    assert found.total == 0
    assert [one.points for one in found.reasons if one.code == "critical"] == [8]


def test_more_signs_never_count_less_and_there_is_an_end():
    assert points(PACK, WORST).hours == min(points(PACK, WORST).total * PACK.hours_a_point, PACK.at_most_hours)
    assert points(PACK, WORST).hours <= MOST_HOURS
    for code in WORST:
        fewer = {key: value for key, value in WORST.items() if key != code}
        assert points(PACK, fewer).total <= points(PACK, WORST).total


@pytest.mark.parametrize("evidence", [{"criminal_uncle": 1}, {"asked": 2}, {"asked": -2}])
def test_a_sign_or_level_that_the_pack_does_not_have_is_refused(evidence):
    with pytest.raises(ValueError, match=r"unknown signs|has no level"):
        points(PACK, evidence)


def test_the_model_learns_from_nothing_that_the_flagged_sheet_itself_says():
    assert {sign.code for sign in PACK.learned()}.isdisjoint({"critical", "screened", "help", "worse"})
    assert [sign.levels for sign in PACK.learned() if sign.code == "earlier_alert"] == [("没有", "黄", "橙", "红")]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("{words: 橙, points: 2}", "{words: 橙, points: 9}"),
        ("{words: 没有, points: 0}", "{words: 没有, points: 1}"),
        ("source: {kind: house}", "source: {kind: published}"),
        ("code: asked", "code: reported"),
        ("at_most_hours: 240", "at_most_hours: 9000"),
    ],
)
def test_a_faulty_pack_is_refused(good, bad):
    assert good in TEXT
    with pytest.raises(ValidationError):
        parse(TEXT.replace(good, bad, 1))
