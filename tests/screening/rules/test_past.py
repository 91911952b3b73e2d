"""Small groups are neither kept nor can they be worked out from what is kept."""

from hypothesis import given
from hypothesis import strategies as st

from qingyan.screening.rules.capacity import FEWEST, wilson
from qingyan.screening.rules.past import ALL_GRADES, Counted, kept, together

GROUPS = st.dictionaries(st.integers(1, 12), st.integers(0, 90).map(lambda n: Counted(n, n // 3)), max_size=12)


def test_large_groups_are_kept_with_their_sum():
    groups = {10: Counted(40, 4), 11: Counted(50, 10)}
    assert kept(groups) == {ALL_GRADES: Counted(90, 14), **groups}


def test_a_school_of_too_few_sheets_keeps_nothing():
    assert kept({10: Counted(29, 3)}) == {}
    assert kept({}) == {}


def test_one_small_grade_takes_the_next_smallest_along():
    """Else the small grade would be the sum less the others."""
    groups = {10: Counted(40, 4), 11: Counted(50, 10), 12: Counted(5, 1)}
    assert set(kept(groups)) == {ALL_GRADES, 11}


def test_two_small_grades_that_are_enough_together_take_nobody_along():
    groups = {10: Counted(40, 4), 11: Counted(20, 2), 12: Counted(15, 1)}
    assert set(kept(groups)) == {ALL_GRADES, 10}


@given(GROUPS)
def test_what_is_left_out_is_nothing_or_many(groups):
    found = kept(groups)
    shown = {grade: one for grade, one in found.items() if grade != ALL_GRADES}
    assert all(one.asked >= FEWEST for one in found.values())
    left = together(groups).asked - together(shown).asked
    assert left == 0 or left >= FEWEST or not found


def test_the_interval_is_wilsons():
    assert Counted(100, 20).interval == wilson(20, 100)
    assert Counted(100, 20).share == 0.2
