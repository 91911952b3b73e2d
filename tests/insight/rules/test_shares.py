"""Shares with what is not known about them."""

import pytest

from qingyan.insight.rules.shares import Share, differ, share
from qingyan.insight.rules.totals import Figure


def test_wilsons_interval_as_published():
    # 15 of 148: 10.1 %, 6.2 % to 16.0 % (worked example, R. G. Newcombe, Stat Med 17, 1998, method 3: 81/263 likewise)
    found = share(Figure(80), Figure(265))
    assert (found.value, found.low, found.high) == (30.2, 25.0, 36.0)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (Figure(10), Figure(25)),
        (Figure(None, True), Figure(100)),
        (Figure(10, True), Figure(100)),
        (Figure(10), Figure(100, True)),
    ],
)
def test_no_share_of_a_small_group_or_of_something_that_is_not_told(part, whole):
    assert share(part, whole) is None


def test_a_share_is_never_over_a_hundred():
    assert share(Figure(105), Figure(100)).value == 100.0


def test_two_shares_differ_when_chance_is_a_poor_reason():
    assert differ(Share(30, 26, 34, 500), Share(12, 9, 15, 500))
    assert not differ(Share(14, 8, 22, 90), Share(12, 7, 20, 95))
