"""The order of the queue: need in hours of waiting, one moment an alert, and what counsellors can carry."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from qingyan.alerts.queries import order_packs
from qingyan.alerts.rules.judging import UnfitPack
from qingyan.alerts.rules.ordering import SIGN_CODES, Sign, When, hours, place_at, signs_from, when

PACK = order_packs.current()
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
LEVELS = st.sampled_from(["red", "orange", "yellow"])
SIGNS = st.lists(st.sampled_from(SIGN_CODES).map(Sign), max_size=6)


def place(level, signs=(), ago=timedelta()):
    return place_at(PACK, level, [Sign(code) for code in signs], raised_at=NOW - ago)


def test_red_leads_whatever_the_others_carry_within_half_a_year_of_waiting():
    worst = place("orange", SIGN_CODES, ago=timedelta(days=180))
    assert place("red") < worst < place("yellow", SIGN_CODES)


def test_a_sign_moves_forward_by_its_hours_and_counts_once():
    assert place("yellow") - place("yellow", ["seen"]) == timedelta(hours=PACK.signs["seen"].hours)
    assert place("yellow", ["seen", "seen"]) == place("yellow", ["seen"])


def test_who_waits_long_enough_gets_a_turn():
    fresh = place("orange")
    assert place("yellow", ago=timedelta(days=13)) > fresh > place("yellow", ago=timedelta(days=15))


@given(level=LEVELS, signs=SIGNS, more=st.sampled_from(SIGN_CODES))
def test_no_sign_ever_puts_an_alert_back(level, signs, more):
    assert hours(PACK, level, [*signs, Sign(more)]) >= hours(PACK, level, signs)


@given(one=st.tuples(LEVELS, SIGNS), other=st.tuples(LEVELS, SIGNS), passed=st.integers(0, 10_000))
def test_the_order_of_two_does_not_change_while_time_passes(one, other, passed):
    def waited(level, signs, at):
        return hours(PACK, level, signs) + (at - NOW) / timedelta(hours=1)

    later = NOW + timedelta(hours=passed)
    before = waited(*one, NOW) - waited(*other, NOW)
    assert waited(*one, later) - waited(*other, later) == pytest.approx(before)


@pytest.mark.parametrize(
    ("level", "position", "counsellors", "found"),
    [
        ("yellow", 0, 1, When.TODAY),
        ("yellow", 3, 1, When.TODAY),
        ("yellow", 4, 1, When.WEEK),
        ("yellow", 4, 2, When.TODAY),
        ("yellow", 19, 1, When.WEEK),
        ("yellow", 20, 1, When.LATER),
        ("yellow", 0, 0, When.LATER),
        ("red", 500, 0, When.TODAY),
    ],
)
def test_when_a_talk_fits_in_follows_from_who_is_here(level, position, counsellors, found):
    assert when(PACK, level, position=position, counsellors=counsellors) is found


def test_an_unknown_stored_sign_is_left_out():
    assert signs_from([{"code": "seen"}, {"code": "moon"}, {}]) == [Sign("seen")]


@pytest.mark.parametrize(
    ("change", "kind", "fault"),
    [
        (("red: 8760", "red: 300"), UnfitPack, "red leads"),
        (("  seen: {hours: 72", "  seen: {hours: 9999"), ValidationError, "less than or equal"),
    ],
)
def test_a_crooked_pack_is_refused(change, kind, fault):
    text = (order_packs.SHELF / "default" / "1.0.yaml").read_text()
    assert order_packs.parse(text), "the control: unchanged it is fit"
    with pytest.raises(kind, match=fault):
        order_packs.parse(text.replace(*change, 1))


def test_the_released_pack_is_locked():
    assert order_packs.locked().keys() == {PACK.name}
