"""What a review needs, and which grades it opens."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.hazards import hazardous_items, why_unusable
from qingyan.instruments.rules.review import Look, Ruled, Signed, Verdict, lacking, newest, open_grades, refusal

AT = datetime(2026, 9, 1, tzinfo=UTC)
PHQ, CALM, UNKNOWN = api.instrument("phq-a", "1.1"), api.instrument("gad-7", "1.0"), api.instrument("mht", "1.0")
ONE, OTHER = uuid4(), uuid4()
ALL = [look.value for look in Look]


def ruled(verdict=Verdict.APPROVED, grades=range(1, 13), by=ONE, digest="x"):
    return Ruled(verdict, grades, by, AT, digest)


def signed(instrument, grade=10, by=OTHER, digest="x"):
    return {item.id: Signed(item.id, grade, by, AT, digest) for item in hazardous_items(instrument)}


def lacks(instrument, decision, signatures, looks=ALL, note="依据"):
    return lacking(instrument, decision, signatures, looks=looks, note=note)


def test_a_calm_instrument_needs_the_four_looks_and_a_note():
    assert lacks(CALM, ruled(), {}) == []
    assert lacks(CALM, ruled(), {}, looks=ALL[:3], note=" ") == ["note", "looks"]
    assert lacks(CALM, ruled(Verdict.LIMITED, range(9, 8)), {}) == ["grades"]


def test_a_refusal_needs_its_reason_and_nothing_else():
    assert lacks(PHQ, ruled(Verdict.REFUSED), {}, looks=()) == []
    assert lacks(PHQ, ruled(Verdict.REFUSED), {}, looks=(), note="") == ["note"]


def test_sensitive_items_are_signed_one_by_one_and_by_somebody_else():
    whole = signed(PHQ)
    assert lacks(PHQ, ruled(), whole) == []
    assert lacks(PHQ, ruled(), {"q9": whole["q9"]}) == ["unsigned"]
    assert lacks(PHQ, ruled(), signed(PHQ, by=ONE)) == ["same_person"]
    assert lacks(PHQ, ruled(), signed(PHQ, grade=None)) == ["barred"]
    assert lacks(PHQ, ruled(), signed(PHQ, digest="another file")) == ["unsigned"]


def test_an_instrument_whose_items_the_file_does_not_know_is_held_back_by_its_wording_not_by_the_review():
    assert lacks(UNKNOWN, ruled(), {}) == []
    assert why_unusable(UNKNOWN, [], {}, confirmed=True) == "marking_missing", "the control: no round gets it unmarked"


@pytest.mark.parametrize(
    ("decision", "signatures", "grades", "why"),
    [
        (None, {}, range(10, 13), "not_reviewed"),
        (ruled(digest="another file"), signed(PHQ), range(10, 13), "other_file"),
        (ruled(Verdict.REFUSED), signed(PHQ), range(10, 13), "refused"),
        (ruled(Verdict.LIMITED, range(10, 12)), signed(PHQ), range(10, 13), "grades"),
        (ruled(), {}, range(10, 13), "unsigned"),
        (ruled(), signed(PHQ, grade=None), range(10, 13), "barred"),
        (ruled(), signed(PHQ, grade=11), range(10, 13), "item_grade"),
        (ruled(), signed(PHQ, grade=11), range(11, 13), None),
        (ruled(Verdict.LIMITED, range(10, 12)), signed(PHQ), range(10, 12), None),
    ],
)
def test_why_grades_are_shut(decision, signatures, grades, why):
    assert refusal(PHQ, "x", decision, signatures, grades) == why


def test_an_item_that_the_file_keeps_from_a_grade_shuts_it_not():
    """Grade 6 is at most twelve years old: the items open at thirteen are never asked there."""
    assert refusal(PHQ, "x", ruled(), signed(PHQ, grade=10), range(6, 7)) is None
    assert refusal(PHQ, "x", ruled(), signed(PHQ, grade=10), range(7, 8)) == "item_grade"


def test_open_grades_hold_only_pupils_of_the_right_age():
    assert open_grades(PHQ, "x", ruled(), signed(PHQ, grade=10)) == [10, 11, 12]
    assert open_grades(CALM, "x", ruled(), {}) == [7, 8, 9, 10, 11, 12]
    assert open_grades(api.instrument("phq-9"), "x", ruled(), signed(api.instrument("phq-9"))) == []


def test_the_newest_signature_of_an_item_counts():
    early, late = Signed("q9", 7, ONE, AT, "x"), Signed("q9", None, OTHER, AT + timedelta(days=1), "x")
    assert newest([late, early]) == {"q9": late}
