"""The minimum set and the basis of a referral, as tables."""

from datetime import UTC, datetime, timedelta

import pytest

from qingyan.cases.queries import packs
from qingyan.cases.rules.referral import basis_faults, chases, content_faults, minimum_set

GUIDE = packs.referral()
CHOSEN = {"reasons": ["mood"], "risks": ["thoughts"], "recipient": "医院", "note": "不该出去的话"}


def test_nothing_but_the_named_fields_leaves_the_school():
    found = minimum_set(GUIDE, age=15, sex="女", chosen=CHOSEN, contacts=None)
    assert found.__dataclass_fields__.keys() == {"age", "sex", "reasons", "risks", "contacts"}
    assert found.contacts == ()
    assert "不该出去的话" not in repr(found)
    assert minimum_set(GUIDE, age=15, sex="女", chosen=CHOSEN, contacts=["1"]).contacts == ("1",), "the control"


@pytest.mark.parametrize(
    ("basis", "agreed", "crisis", "faults"),
    [
        ("consent", True, False, []),
        ("consent", False, True, ["no_consent"]),
        ("danger", False, True, []),
        ("danger", True, False, ["not_a_crisis"]),
        ("", True, True, ["unknown_ground"]),
        ("wish", True, True, ["unknown_ground"]),
    ],
)
def test_a_basis_is_the_guardians_yes_or_a_ground_in_a_crisis(basis, agreed, crisis, faults):
    assert basis_faults(GUIDE, basis=basis, agreed=agreed, crisis=crisis) == faults


def test_a_reason_and_a_word_about_risk_are_asked_for():
    assert content_faults(GUIDE, {}) == ["no_reason", "no_risk"]
    assert content_faults(GUIDE, {"reasons": ["unknown"], "risks": ["none"]}) == ["no_reason"]
    assert content_faults(GUIDE, CHOSEN) == []


def test_the_chase_stands_on_days_three_seven_and_fourteen():
    sent = datetime(2026, 11, 27, 2, tzinfo=UTC)
    assert chases(GUIDE, sent_at=sent) == [(days, sent + timedelta(days=days)) for days in (3, 7, 14)]


def test_every_consent_is_a_purpose_that_exists_and_every_ground_has_its_source():
    assert set(GUIDE.consents) == {"hospital", "station"}
    assert all(one.source.text for one in GUIDE.grounds)
