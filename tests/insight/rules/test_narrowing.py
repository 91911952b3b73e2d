"""Bounds along sums: a difference is found, and what cannot be known stays open."""

from qingyan.insight.rules.narrowing import PLENTY, Sum, narrowed


def test_a_hidden_part_is_a_difference():
    known = {"a": (1, 7), "b": (40, 40), "all": (43, 43)}
    assert narrowed(known, [Sum(("a", "b"), "all")])["a"] == (3, 3)


def test_rounding_leaves_a_span():
    known = {"a": (1, 7), "b": (38, 42), "all": (43, 47)}
    assert narrowed(known, [Sum(("a", "b"), "all")])["a"] == (1, 7)


def test_bounds_travel_along_several_sums():
    known = {"a": (1, 7), "b": (10, 10), "c": (0, PLENTY), "d": (5, 5), "ab": (0, PLENTY), "all": (20, 20)}
    found = narrowed(known, [Sum(("a", "b"), "ab"), Sum(("ab", "c", "d"), "all")])
    assert found["c"] == (0, 4)
    assert found["a"] == (1, 5)


def test_a_contradiction_is_left_alone():
    assert narrowed({"a": (1, 2), "all": (9, 9)}, [Sum(("a",), "all")])["a"] == (1, 2)
