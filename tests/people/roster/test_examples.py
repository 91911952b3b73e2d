"""The invented pupils of a template never come into a register, and are recognised only by their mark."""

import pytest

from qingyan.people.roster.examination import examine
from qingyan.people.roster.examples import EXAMPLE_MARK, EXAMPLES, example_rows, is_example
from tests.people.roster.files import EXPECTED, HEADER, pupil, pupils, xlsx


@pytest.mark.parametrize(
    ("name", "expected"),
    [("【示例】陈小雨", True), (" 【示例】陈小雨", True), ("陈小雨", False), ("示例", False), (None, False)],
)
def test_an_example_is_known_by_its_mark(name, expected):
    assert is_example(name) is expected


def test_forgotten_examples_stay_out_and_everybody_else_comes_in():
    found = examine(xlsx([pupil(7, 姓名=f"{EXAMPLE_MARK}陈小雨"), *pupils(2)]), EXPECTED)
    assert (found.total, len(found.rows), found.bad) == (2, 2, [])
    control = examine(xlsx([pupil(7), *pupils(2)]), EXPECTED)
    assert len(control.rows) == 3


def test_every_example_is_marked_and_its_numbers_are_of_an_area_that_does_not_exist():
    assert all(is_example(example["name"]) for example in EXAMPLES)
    assert all(example["student_number"][1:7] == "999999" for example in EXAMPLES)
    assert len(example_rows(HEADER)) == len(EXAMPLES)
