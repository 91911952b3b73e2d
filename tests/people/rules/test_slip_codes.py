"""Codes survive the way from the printer to a child's fingers."""

import random

import pytest

from qingyan.people.rules.slip_codes import LENGTH, SIGNS, new_code, printed, read_code, tidied


def test_a_code_has_at_least_forty_bits():
    assert len(set(SIGNS)) ** LENGTH >= 2**40


def test_no_two_signs_look_alike():
    assert not set("ILOU") & set(SIGNS)


@pytest.mark.parametrize("seed", range(50))
def test_what_is_printed_reads_back_however_it_is_typed(seed):
    code = new_code(random.Random(seed).choice)
    assert read_code(printed(code)) == code
    assert read_code(printed(code).lower()) == code
    assert read_code("　".join(code)) == code
    assert read_code("".join(chr(ord(sign) + 0xFEE0) for sign in code)) == code, "full-width"


def test_look_alikes_are_taken_for_what_they_look_like():
    assert read_code("oil0-ou12") == "01100V12"


@pytest.mark.parametrize("text", ["", "1234567", "123456789", "1234567中", "١٢٣٤٥٦٧٨", "1" * 10_000])
def test_what_cannot_be_a_code_is_none(text):
    assert read_code(text) is None


def test_tidied_keeps_letters_and_digits_only_and_never_grows():
    assert tidied(" qing-0a ") == "QING0A"
    assert len(tidied("ﷺ" * 1000)) <= 40
