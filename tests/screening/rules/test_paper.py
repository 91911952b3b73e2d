"""Boxes stand for stored values, codes cannot be misread, and every difference is found."""

from qingyan.instruments import api as instruments
from qingyan.screening.rules.paper import ALPHABET, CODE_LENGTH, EMPTY, code_of, differences, items_of


def items(code="scl-90", age=15):
    return items_of(instruments.presentation(code, age=age))


def test_a_code_is_eight_characters_that_cannot_be_mistaken():
    code = code_of(bytes(range(200, 230)))
    assert len(code) == CODE_LENGTH
    assert not set("01OIL") & set(ALPHABET)
    assert set(code) <= set(ALPHABET)


def test_boxes_count_from_one_and_stand_for_the_stored_value():
    item = items("phq-a")[0]
    assert [box.number for box in item.boxes] == [1, 2, 3, 4]
    assert [item.value_of(number) for number in (1, 4, EMPTY)] == [0, 3, None]
    assert [item.number_of(value) for value in (0, 3, None)] == [1, 4, EMPTY]


def test_every_difference_is_found_an_empty_box_too():
    asked = items()
    first: list[int | None] = [1] * 90
    second = [2, *first[1:89], None]
    assert [(one.item.number, one.first, one.second) for one in differences(asked, first, second)] == [
        (1, 1, 2),
        (90, 1, 0),
    ]
    assert differences(asked, first, list(first)) == ()
