"""The order of items: the same for one sitting for ever, another for the neighbour, nothing lost."""

from uuid import UUID

import pytest

from qingyan.screening.rules.order import FIXED, SHUFFLED, places, presented

ONE, OTHER = UUID(int=1), UUID(int=2)
GOLDEN = [6, 3, 4, 1, 0, 7, 2, 5]


def test_a_fixed_order_is_the_instruments_own():
    assert presented("abcd", sitting=ONE, order=FIXED) == list("abcd")


def test_a_shuffled_order_holds_each_item_once_and_differs_between_pupils():
    mine, theirs = (places(90, sitting=one, order=SHUFFLED) for one in (ONE, OTHER))
    assert sorted(mine) == sorted(theirs) == list(range(90))
    assert mine != theirs
    assert mine != list(range(90))


def test_a_shuffled_order_never_changes():
    """A sheet that was begun before an upgrade must go on in the order in which it was begun."""
    assert places(8, sitting=ONE, order=SHUFFLED) == GOLDEN


def test_every_item_comes_at_every_place_about_equally_often():
    count, tries = 6, 3000
    seen = [[0] * count for _ in range(count)]
    for number in range(tries):
        for at, item in enumerate(places(count, sitting=UUID(int=number), order=SHUFFLED)):
            seen[item][at] += 1
    expected = tries / count
    assert all(abs(times - expected) < 5 * expected**0.5 for row in seen for times in row)


def test_an_unknown_order_is_refused():
    with pytest.raises(ValueError, match="no order"):
        places(3, sitting=ONE, order="random")
