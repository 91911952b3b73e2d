"""No number of the demo can belong to a person or a telephone."""

from datetime import date

import pytest

from qingyan.demo.numbers import IdNumbers, check_digit, phones, student_number
from qingyan.demo.places import SCHOOLS
from qingyan.demo.roll import roll

BORN = date(2010, 3, 12)


def test_the_check_digit_is_that_of_the_standard():
    assert check_digit("11010519491231002") == "X"  # the example printed in GB 11643
    assert check_digit("44052418800101001") == "4"


def test_id_numbers_name_a_region_that_does_not_exist_and_keep_birthday_and_sex():
    number = IdNumbers(block=3).next(BORN, "F")
    assert number.startswith("999999" + "20100312")
    assert int(number[16]) % 2 == 0
    assert number[17] == check_digit(number[:17])
    assert student_number(number) == "G" + number


def test_pupils_of_one_birthday_never_share_a_number_even_across_schools():
    given = [clerk.next(BORN, sex) for clerk in map(_clerk, range(len(SCHOOLS))) for sex in "FM" for _ in range(10)]
    assert len(given) == len(set(given)) == len(SCHOOLS) * 20


def test_the_eleventh_pupil_of_a_birthday_is_refused_rather_than_doubled():
    clerk = IdNumbers(block=0)
    for _ in range(10):
        clerk.next(BORN, "M")
    with pytest.raises(ValueError, match="too many"):
        clerk.next(BORN, "M")


def test_phones_have_a_prefix_that_no_network_has():
    numbers = phones(block=40)
    first, second = next(numbers), next(numbers)
    assert first != second
    assert first.startswith("0000")
    assert len(first) == 11


def test_every_number_of_the_whole_city_is_of_this_kind_and_given_once():
    pupils = [pupil for plan in SCHOOLS for one in roll(plan, year=2026, seed=1) for pupil in one.pupils]
    numbers = [pupil.id_number for pupil in pupils]
    called = [guardian.phone for pupil in pupils for guardian in pupil.guardians]
    assert {number[:6] for number in numbers} == {"999999"}
    assert {phone[:4] for phone in called} == {"0000"}
    assert len(set(numbers)) == len(numbers)
    assert len(set(called)) == len(called)


def _clerk(block: int) -> IdNumbers:
    return IdNumbers(block=block)
