"""One group: what is hidden of it, and what may stand behind a figure."""

import pytest

from qingyan.insight.rules.safe import DISCLOSURE, hidden


@pytest.mark.parametrize(
    ("counts", "risk", "gone"),
    [
        ({"a": 0, "b": 100}, False, ""),
        ({"a": 1, "b": 100}, False, "a"),
        ({"a": 7, "b": 100}, False, "a"),
        ({"a": 8, "b": 100}, False, ""),
        ({"a": 3, "b": 100}, True, "ab"),
        ({"a": 3, "b": 5, "c": 100}, True, "ab"),  # together 8: no small count is left
        ({"a": 3, "b": 4, "c": 100}, True, "abc"),
        ({"a": 0, "b": 40, "c": 60}, True, ""),
        ({"a": 0, "b": 40}, True, "ab"),  # everybody alike
        ({"a": 14, "b": 15}, True, "ab"),  # 29
        ({"a": 14, "b": 15}, False, ""),
        ({"a": 14, "b": 16}, True, ""),
    ],
)
def test_what_is_hidden_of_a_group(counts, risk, gone):
    assert hidden(counts, risk=risk) == set(gone)


def test_a_figure_stands_for_exactly_the_counts_that_are_rounded_to_it():
    for count in range(300):
        if not DISCLOSURE.is_small(count):
            low, high = DISCLOSURE.span(DISCLOSURE.rounded(count))
            assert low <= count <= high
    for shown in (0, 10, 15, 100):
        low, high = DISCLOSURE.span(shown)
        assert {DISCLOSURE.rounded(count) for count in range(low, high + 1)} == {shown}
        beside = [count for count in (low - 1, high + 1) if count >= 0 and not DISCLOSURE.is_small(count)]
        assert all(DISCLOSURE.rounded(count) != shown for count in beside)
