"""The layout of a data file is found from its header."""

import pytest

from qingyan.instruments import api
from qingyan.instruments.rules.profiles import UnknownLayout, answer, detect, own_profile, positions, profile_columns


@pytest.mark.parametrize(
    ("code", "header", "profile"),
    [
        ("phq-9", ["SEQN", *(f"DPQ0{n}0" for n in range(1, 10))], "nhanes"),
        ("phq-9", ["seqn", *(f"dpq0{n}0" for n in range(1, 10))], "nhanes"),
        ("phq-9", [f"q{n}" for n in range(1, 10)], "item_ids"),
        ("phq-9", [f"Q{n}" for n in range(9, 0, -1)], "item_ids"),
        ("dass-42", [f"Q{n}A" for n in range(1, 43)], "openpsychometrics_raw"),
    ],
)
def test_a_known_header_is_recognised(code, header, profile):
    assert detect(api.instrument(code), header).id == profile


def test_an_unknown_header_is_refused_with_what_was_looked_for():
    with pytest.raises(UnknownLayout, match="nhanes: DPQ010, DPQ020, DPQ030"):
        detect(api.instrument("phq-9"), ["a", "b"])


def test_a_pattern_names_one_column_per_item():
    instrument = api.instrument("dass-42")
    assert profile_columns(instrument, instrument.import_profiles[1])[-1] == "Q42A"


def test_the_first_of_two_equal_names_wins():
    assert positions([" A ", "a", "B"]) == {"a": 0, "b": 2}


@pytest.mark.parametrize(("cell", "value"), [("2", 2), (" 3.0 ", 3), ("7", None), ("9", None), ("", None)])
def test_a_cell_becomes_an_answer_or_a_missing_one(cell, value):
    assert answer(cell, api.instrument("phq-9").import_profiles[0], 0) == value


def test_the_offset_is_added():
    assert answer("4", own_profile(api.instrument("dass-42")), -1) == 3


@pytest.mark.parametrize("cell", ["1.5", "often"])
def test_a_cell_that_is_no_whole_number_is_refused(cell):
    with pytest.raises(ValueError, match=cell):
        answer(cell, own_profile(api.instrument("phq-9")), 0)
