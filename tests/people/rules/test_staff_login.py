"""Logins have one spelling; one-time passwords cannot be guessed or misread."""

import random

import pytest
from django.contrib.auth.password_validation import validate_password

from qingyan.people.rules.staff_login import GROUP_LENGTH, GROUPS, SIGNS, is_login, new_password, tidied_login


def test_a_one_time_password_has_at_least_seventy_bits_and_no_look_alikes():
    assert len(set(SIGNS)) ** (GROUPS * GROUP_LENGTH) >= 2**70
    assert not set("il1o0") & set(SIGNS)


@pytest.mark.parametrize("seed", range(20))
def test_a_one_time_password_has_its_groups(seed):
    groups = new_password(random.Random(seed).choice).split("-")
    assert [len(group) for group in groups] == [GROUP_LENGTH] * GROUPS
    assert set("".join(groups)) <= set(SIGNS)
    validate_password("-".join(groups))


def test_one_spelling_for_one_login():
    assert tidied_login("　ＷＡＮＧ.Min ") == "wang.min"


@pytest.mark.parametrize("text", ["", "ab", "1ab", "a b c", "王明明", "a" * 61, "abc\n", "../etc", "<b>abc"])
def test_what_cannot_be_a_login(text):
    assert not is_login(text)


@pytest.mark.parametrize("text", ["abc", "wang.min", "li_na-2", "a" * 60])
def test_what_can(text):
    assert is_login(text)
