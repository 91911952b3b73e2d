"""No small number can be computed from what is shown beside a total."""

from hypothesis import given
from hypothesis import strategies as st

from qingyan.people.rules.hiding import FEWEST_SHOWN, hidden_places

COUNTS = st.dictionaries(st.integers(1, 50), st.integers(0, 30), min_size=1)


@given(COUNTS)
def test_no_small_number_is_shown(counts):
    shown = {place: count for place, count in counts.items() if place not in hidden_places(counts)}
    assert all(count >= FEWEST_SHOWN for count in shown.values())


@given(COUNTS)
def test_the_total_minus_what_is_shown_is_never_one_small_number(counts):
    hidden = hidden_places(counts)
    assert len(hidden) != 1 or len(counts) == 1


def test_where_all_are_many_nothing_is_hidden():
    assert hidden_places({1: 8, 2: 20}) == frozenset()
    assert hidden_places({1: 8, 2: 20, 3: 7}) == {1, 3}
