"""Numbers of persons: the check character finds every single wrong digit; lost and masked numbers are told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.roster import identity
from qingyan.people.roster.outcome import Wrong
from tests.people.roster.files import identity_number
from tests.people.roster.test_normalising import ANY_CELL, code, full_width, outcome

SERIALS = st.integers(min_value=0, max_value=99_999)
BIRTHDAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2023, 12, 31))


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_examples_of_the_standard_pass(number):
    """Source: GB 11643-1999, appendix A."""
    assert identity.id_number(number, "") == number


@given(serial=SERIALS, born=BIRTHDAYS, place=st.integers(0, 16), other=st.integers(1, 9))
def test_every_single_wrong_digit_is_found(serial, born, place, other):
    number = identity_number(serial, born)
    changed = (int(number[place]) + other) % 10
    wrong = f"{number[:place]}{changed}{number[place + 1 :]}"
    assert code(identity.id_number, wrong, "") == "id_checksum"


@given(serial=SERIALS, born=BIRTHDAYS)
def test_a_right_number_says_birthday_and_sex_however_it_is_typed(serial, born):
    number = identity_number(serial, born)
    for typed in (
        number,
        number.lower(),
        full_width(number),
        f" {number[:6]} {number[6:]}\t",
        f"'{number}",
        f"{number}\u200b",
    ):
        assert identity.id_number(typed, identity.RESIDENT) == number
    said = identity.said_by(number)
    assert (said.born, said.sex) == (born, "M" if serial % 2 else "F")


@pytest.mark.parametrize(
    ("cell", "kind", "wrong"),
    [
        (4.4030820120101e17, "", "number_lost_digits"),
        ("4.40308E+17", "", "number_lost_digits"),
        ("1503***********011", "", "number_masked"),
        ("150301120309001", "", "id_length_or_kind"),
        ("150301120309001", identity.RESIDENT, "id_length"),
        ("AB", "护照", "id_form"),
        ("E1234567!", "护照", "id_form"),
    ],
)
def test_numbers_that_cannot_be_used_are_told(cell, kind, wrong):
    assert code(identity.id_number, cell, kind) == wrong


def test_a_birthday_that_does_not_exist_inside_a_right_checksum_is_told():
    body = "15030120120230001"
    assert code(identity.id_number, body + identity.check_character(body), "") == "id_birthday_impossible"


@pytest.mark.parametrize(
    ("number", "kind"), [("E12345678", "护照"), ("H12345678", "港澳居民来往内地通行证"), ("12345678", "其他")]
)
def test_other_documents_have_no_checksum(number, kind):
    assert identity.id_number(number, kind) == number


@pytest.mark.parametrize(
    ("word", "kind"), [("身份证", identity.RESIDENT), ("港澳居民通行证", "港澳居民来往内地通行证"), ("", "")]
)
def test_kinds_of_documents_by_their_usual_words(word, kind):
    assert identity.id_kind(word) == kind


def test_register_numbers_with_an_identity_number_inside_are_checked():
    good = "G" + identity_number(7)
    assert identity.student_number(good.lower()) == good
    assert identity.student_number("2024-0001") == "2024-0001"
    assert identity.student_number(20240001.0) == "20240001"
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert code(identity.student_number, wrong) == "student_number_checksum"
    assert code(identity.student_number, "学籍 1") == "student_number_form"


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("13812345678", "13812345678"),
        (13812345678.0, "13812345678"),
        ("１３８ １２３４ ５６７８", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("0473-1234567", "0473-1234567"),
        ("04731234567", "0473-1234567"),
        ("010-12345678", "010-12345678"),
        ("+85212345678", "+85212345678"),
        ("", ""),
    ],
)
def test_telephone_numbers_as_people_write_them(cell, phone):
    assert identity.phone(cell) == phone


@pytest.mark.parametrize("cell", ["1381234567", "12812345678", "没有", "1234567", "0473"])
def test_what_is_no_telephone_number_is_told(cell):
    assert code(identity.phone, cell) == "phone_form"


@given(cell=ANY_CELL, kind=st.sampled_from(["", *identity.KINDS]))
def test_no_cell_whatever_breaks_a_reader(cell, kind):
    for read in (
        identity.student_number,
        identity.phone,
        identity.id_kind,
        lambda value: identity.id_number(value, kind),
    ):
        assert isinstance(outcome(read, cell), str | Wrong)
