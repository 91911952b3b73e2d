"""What an approval is bound to."""

from uuid import uuid4

import pytest

from qingyan.papers.rules.exports import fingerprint, holds

ROWS = [uuid4(), uuid4()]


def test_the_order_of_rows_says_nothing():
    assert holds(fingerprint("a", ["x"], ROWS), fingerprint("a", ["x"], reversed(ROWS)))


@pytest.mark.parametrize(
    "other", [("b", ["x"], ROWS), ("a", ["x", "y"], ROWS), ("a", ["x"], ROWS[:1]), ("a", ["x"], [*ROWS, uuid4()])]
)
def test_another_kind_column_or_row_is_another_thing(other):
    assert not holds(fingerprint("a", ["x"], ROWS), fingerprint(*other))
