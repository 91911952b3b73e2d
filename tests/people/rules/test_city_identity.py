"""One child is one text, whichever number a school wrote down; two children never are."""

import pytest

from qingyan.people.rules.city_identity import city_identity, numbers_to_ask

NUMBER = "15030120120309001X"


@pytest.mark.parametrize(
    ("id_number", "student_number"),
    [
        (NUMBER, f"G{NUMBER}"),
        (NUMBER, None),
        (None, f"G{NUMBER}"),
        ("", f"g{NUMBER.lower()}"),
        (f" {NUMBER[:6]} {NUMBER[6:]}", "L20260001"),
        ("".join(chr(ord(char) + 0xFEE0) for char in NUMBER), ""),
        ("E12345678", f"G{NUMBER}"),
    ],
)
def test_a_child_is_the_same_by_either_number(id_number, student_number):
    assert city_identity(id_number, student_number) == f"id:{NUMBER}"


def test_other_numbers_count_as_they_are_and_never_mix():
    said = {
        city_identity("", f"L{NUMBER}"),
        city_identity("E12345678", ""),
        city_identity("", "E12345678"),
        city_identity(NUMBER, ""),
        city_identity("15030120120309002X", ""),
    }
    assert len(said) == 5


def test_without_a_number_nobody_is_known():
    assert city_identity(None, None) is None
    assert city_identity("  ", "") is None


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ((NUMBER, ""), (NUMBER, f"G{NUMBER}")),
        (("", f"G{NUMBER}"), (NUMBER, f"G{NUMBER}")),
        ((NUMBER, "L20260001"), (NUMBER, "L20260001")),
        (("", "L20260001"), ("", "L20260001")),
        (("E1234", ""), ("E1234", "")),
    ],
)
def test_the_other_school_is_asked_by_both_numbers_where_one_says_the_other(given, asked):
    assert numbers_to_ask(*given) == asked
