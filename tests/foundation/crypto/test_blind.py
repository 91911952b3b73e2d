"""Blind indexes: equal for what a person would call the same number, unrelated for everything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyan.foundation.crypto.blind import blind_index, normalised

SECRET = b"s" * 32


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("g1503 0220 1001", "G150302201001"),
        ("Ｇ１５０３", "G1503"),
        (" 15030220100101001x\t", "15030220100101001X"),
        ("150\u200b302\ufeff", "150302"),
        ("١٥٠", "150"),
        ("张\u3000伟", "张伟"),
        ("\U00030edd", "\U00030edd"),
    ],
)
def test_a_value_is_normalised_as_a_clerk_means_it(typed, meant):
    assert normalised(typed) == meant


@given(st.text(max_size=30))
@settings(max_examples=500)
def test_normalising_twice_changes_nothing_more(value):
    assert normalised(normalised(value)) == normalised(value)


def test_equal_values_have_equal_indexes():
    assert blind_index(SECRET, "t", "c", "ｇ１５ ") == blind_index(SECRET, "t", "c", "G15")


@pytest.mark.parametrize(
    "other",
    [(b"o" * 32, "t", "c", "G15"), (SECRET, "u", "c", "G15"), (SECRET, "t", "d", "G15"), (SECRET, "t", "c", "G16")],
)
def test_another_key_table_column_or_value_gives_another_index(other):
    assert blind_index(*other) != blind_index(SECRET, "t", "c", "G15")


def test_table_and_column_cannot_run_together():
    assert blind_index(SECRET, "ab", "c", "1") != blind_index(SECRET, "a", "bc", "1")
