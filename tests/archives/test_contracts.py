"""Where a value lies in the range of its scale."""

import pytest

from qingyan.archives.contracts import ScaleReading


@pytest.mark.parametrize(
    ("value", "lowest", "highest", "share"),
    [
        (1, 1, 5, 0),
        (3, 1, 5, 50),
        (5, 1, 5, 100),
        (9, 1, 5, 100),
        (None, 1, 5, None),
        (3, None, 5, None),
        (3, 5, 5, None),
    ],
)
def test_the_share_is_the_place_between_lowest_and_highest(value, lowest, highest, share):
    assert ScaleReading("x", "X", value, lowest=lowest, highest=highest).share == share
