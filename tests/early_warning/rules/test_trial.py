"""The trial: places in the front of three orders, and what came of them, with intervals over whole schools."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError

from qingyan.early_warning.queries.trial_packs import SHELF, parse
from qingyan.early_warning.rules.trial import Line, fronts, measured
from tests.early_warning.rules.trying import PACK, SCHOOLS, START, taught, tried

TEXT = (SHELF / "1.0.yaml").read_text(encoding="utf-8")


def lines(*hinted: int):
    """Sheets that came hour by hour; the model brings some forward by so many hours."""
    places = [(START + timedelta(hours=n), hours) for n, hours in enumerate(hinted)]
    return [Line(UUID(int=n), (at, at, at - timedelta(hours=hours))) for n, (at, hours) in enumerate(places)]


def test_each_order_has_its_own_front():
    stood = fronts(lines(0, 0, 0, 24), capacity=2)
    assert [stood[UUID(int=n)].capacity for n in (0, 1, 3)] == [
        (True, True, True),
        (True, True, False),
        (False, False, True),
    ]
    assert stood[UUID(int=3)].tenth == (False, False, True)
    assert stood[UUID(int=0)].tenth == (True, True, False)


def test_nobody_waits_and_nobody_is_here():
    assert fronts([], capacity=3) == {}
    assert fronts(lines(0), capacity=0)[UUID(int=0)].capacity == (False, False, False)


def test_a_model_that_knows_something_is_above_the_plain_order_in_both_measures():
    found = measured(tried(taught(1), 2), PACK)
    assert found["outcomes"] == 960
    assert found["orders"]["model"]["tenth"][0] > 2 * found["orders"]["plain"]["tenth"][0]
    assert found["orders"]["model"]["capacity"][0] > 0.5
    assert min(found["gain"]["tenth"][1], found["gain"]["capacity"][1]) > 0
    low, high = found["auc"][1:]
    assert 0.6 < low < found["auc"][0] < high < 0.9
    assert measured(tried(taught(1), 2), PACK) == found


def test_the_control_a_model_of_shuffled_outcomes_finds_nothing():
    found = measured(tried(taught(1, shuffled=True), 2), PACK)
    assert found["auc"][1] <= 0.5
    assert found["gain"]["tenth"][0] == pytest.approx(0, abs=0.02)


def test_pupils_of_one_school_are_alike_so_the_interval_over_schools_is_wider():
    """The same outcomes once by school and once dealt out: where a school is of one kind, less is known."""
    alike = [replace(one, found=one.school % 2 == 0) for one in tried(taught(1), 2)]
    dealt = [replace(one, school=n % SCHOOLS) for n, one in enumerate(alike)]

    def wide(judged):
        _value, low, high = measured(judged, PACK)["orders"]["plain"]["capacity"]
        return high - low

    assert wide(alike) > 2 * wide(dealt)


def test_few_outcomes_or_few_schools_have_counts_and_no_figure():
    everybody = tried(taught(1), 2)
    for few in (everybody[:20], [one for one in everybody if one.school < 2], []):
        found = measured(few, PACK)
        assert (found["outcomes"], found["orders"], found["auc"], found["groups"]) == (len(few), None, None, {})


def test_a_small_group_has_no_figure():
    everybody = tried(taught(1), 2)
    few = [one for n, one in enumerate(everybody) if one.groups == ("girls",) or n < 60]
    found = measured(few, PACK)["groups"]
    assert found["boys"] is None
    assert set(found["girls"]) == {"plain", "points", "model"}


@pytest.mark.parametrize(
    ("good", "bad"),
    [("days: 90\n", "days: 30\n"), ("fewest_of_each: 50", "fewest_of_each: 5"), ("nights: 80", "nightly: 80")],
)
def test_a_pack_that_asks_for_less_is_refused(good, bad):
    assert good in TEXT
    with pytest.raises(ValidationError):
        parse(TEXT.replace(good, bad, 1))
