"""A name in two parts and back: the same for the names that the register knows."""

import pytest

from qingyan.people.roster.oneroster.names import parted_name, whole_name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("陈雨桐", ("陈", "雨桐")),
        ("欧阳娜", ("欧阳", "娜")),
        ("欧阳", ("欧", "阳")),
        ("阿依古丽·买买提", ("买买提", "阿依古丽")),
        ("John Smith", ("Smith", "John")),
        ("𠮷", ("𠮷", "𠮷")),
        ("Baatar", ("Baatar", "Baatar")),
    ],
)
def test_a_name_is_parted_and_no_part_is_empty(name, parts):
    assert parted_name(name) == parts
    assert all(parts)


@pytest.mark.parametrize("name", ["陈雨桐", "欧阳娜", "John Smith", "Baatar", "𠮷"])
def test_both_parts_make_the_name_again(name):
    assert whole_name(*parted_name(name)) == name
