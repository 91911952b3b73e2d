"""Signs as they stood at one moment; what led to the talk is no evidence for what the talk found."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from qingyan.early_warning.queries.point_packs import SHELF, parse
from qingyan.early_warning.rules.around import Around, EarlierCase, Observed, OtherAlert, Reported, Subject
from qingyan.early_warning.rules.evidence import evidence, own_evidence
from qingyan.early_warning.rules.learning import UNKNOWN
from qingyan.early_warning.rules.points import points

NOW = datetime(2026, 11, 2, tzinfo=UTC)
THIS, OTHER = UUID(int=1), UUID(int=2)


def ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


AROUND = Around(
    alerts=(OtherAlert(THIS, "red", asked=True, at=ago(1)), OtherAlert(OTHER, "orange", asked=False, at=ago(30))),
    reports=(Reported(UUID(int=3), by_self=False, at=ago(10)), Reported(UUID(int=4), by_self=True, at=ago(300))),
    observed=(Observed(2, ago(20)), Observed(4, ago(200))),
    cases=(EarlierCase(UUID(int=5), ago(400), away=(ago(100),), follow_ups=((ago(5), None), (ago(50), ago(51)))),),
)


def test_nobody_asked_is_not_known_and_nothing_reported_is_none():
    found = evidence(Around(), Subject(NOW))
    assert (found["observed"], found["missed_follow_up"]) == (UNKNOWN, UNKNOWN)
    assert {found[code] for code in ("reported", "asked", "earlier_alert", "earlier_case", "on_leave")} == {0}


def test_each_source_has_its_level():
    assert evidence(AROUND, Subject(NOW, frozenset({THIS}))) == {
        "observed": 1,
        "reported": 1,
        "asked": 0,
        "earlier_alert": 2,
        "earlier_case": 1,
        "missed_follow_up": 1,
        "on_leave": 1,
    }


def test_the_control_without_leaving_out_the_own_sheet_would_be_evidence():
    leaked = evidence(AROUND, Subject(NOW))
    assert (leaked["earlier_alert"], leaked["asked"]) == (3, 1)


@pytest.mark.parametrize(("code", "key"), [("reported", 3), ("earlier_case", 5), ("on_leave", 5)])
def test_a_report_and_a_case_that_led_to_it_are_left_out_too(code, key):
    assert evidence(AROUND, Subject(NOW))[code] == 1
    assert evidence(AROUND, Subject(NOW, frozenset({UUID(int=key)})))[code] == 0


def test_nothing_from_later_is_seen():
    found = evidence(AROUND, Subject(ago(500)))
    assert set(found.values()) == {0, UNKNOWN}
    done_later = Around(cases=(EarlierCase(THIS, ago(90), follow_ups=((ago(30), ago(10)),)),))
    assert evidence(done_later, Subject(ago(20)))["missed_follow_up"] == 1
    assert evidence(done_later, Subject(NOW))["missed_follow_up"] == 0


def test_what_the_sheet_itself_says_is_kept_apart():
    assert own_evidence(["red", "yellow"], ["critical_item", "candidate"], ["worse"]) == {
        "critical": 1,
        "screened": 1,
        "help": 0,
        "worse": 1,
    }
    assert own_evidence(["red"], ["help_requested"], []) == {"critical": 0, "screened": 0, "help": 1, "worse": UNKNOWN}


def test_every_sign_stands_in_the_pack():
    pack = parse((SHELF / "1.0.yaml").read_text(encoding="utf-8"))
    both = evidence(AROUND, Subject(NOW)) | own_evidence(["red"], ["x"], ["asked"])
    assert set(both) == {sign.code for sign in pack.signs}
    assert points(pack, both).total > 0
    assert set(evidence(AROUND, Subject(NOW))) == {sign.code for sign in pack.learned()}
