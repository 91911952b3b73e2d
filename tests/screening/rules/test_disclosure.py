"""Small counts are hidden and the others rounded; totals are made of what is shown."""

import pytest

from qingyan.screening.rules.disclosure import rounded, total


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, None), (7, None), (8, 10), (10, 10), (12, 10), (13, 15), (220_099, 220_100)]
)
def test_a_count_above_a_school(count, shown):
    assert rounded(count) == shown


def test_a_total_gives_no_hidden_count_away():
    assert total([10, None, 0, 15]) == 25
