"""Rounding, ranges and bands, to the last digit."""

from fractions import Fraction

import pytest

from qingyan.instruments.rules.arithmetic import COMPARE, band_level, exact, possible_range, rounded, turned
from qingyan.instruments.rules.validation import parse
from tests.instruments.demo_instrument import demo, every_method


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(3, 2), 0, "2"),
        (Fraction(-1, 2), 0, "0"),
        (Fraction(1005, 1000), 2, "1.01"),
        (Fraction(160, 90), 2, "1.78"),
        (Fraction(25, 13), 2, "1.92"),
        (Fraction(2), 2, "2.0"),
        (Fraction(1, 3), 4, "0.3333"),
    ],
)
def test_a_value_is_rounded_half_up_and_prints_as_the_decimal(value, digits, shown):
    assert repr(rounded(value, digits)) == shown


def test_a_decimal_number_is_taken_as_written():
    assert exact(1.61) == Fraction(161, 100)


def test_a_reversed_item_turns_around_the_middle_of_its_options():
    instrument = parse(demo())
    assert [turned(instrument, item) for item in instrument.items] == [None, 3, None]


def test_every_method_has_its_possible_range():
    instrument = every_method()
    assert {s.id: possible_range(instrument, s) for s in instrument.scales} == {
        "total": (0, 9),
        "average": (0.0, 3.0),
        "doubled": (0.0, 18.0),
        "weighted": (-3, 15),
        "top": (0, 3),
        "some": (0, 3),
        "none": (0, 3),
        "depth": (1.0, 3.0),
        "single": (0, 3),
        "t": None,
    }


@pytest.mark.parametrize(("value", "level"), [(0, "low"), (4, "low"), (5, "high"), (9, "high")])
def test_a_band_holds_both_its_ends(value, level):
    assert band_level(parse(demo()).scales[0], value) == level


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (">", False, False, True),
        (">=", False, True, True),
        ("<", True, False, False),
        ("<=", True, True, False),
        ("==", False, True, False),
    ],
)
def test_each_operator_means_what_it_says(op, below, at, above):
    assert (COMPARE[op](1, 2), COMPARE[op](2, 2), COMPARE[op](3, 2)) == (below, at, above)
