"""Which class becomes which: one grade up, the last grades of the kind of school graduate."""

import pytest

from qingyan.organisations.models import SchoolKind
from qingyan.people.rules.promotion import LAST_GRADES, moves


@pytest.mark.parametrize(
    ("kind", "grade", "to"),
    [
        ("primary", 5, 6), ("primary", 6, None), ("nine_year", 6, 7), ("nine_year", 9, None), ("senior", 10, 11),
        ("complete_secondary", 9, None), ("complete_secondary", 8, 9), ("complete_secondary", 12, None),
    ],
)  # fmt: skip
def test_a_grade_goes_up_or_graduates(kind, grade, to):
    (move,) = moves([(1, grade, 3)], kind)
    assert move.grade_to == to
    assert move.target == (None if to is None else (to, 3))
    assert move.staying == (grade, 3)


def test_every_kind_of_school_has_a_last_grade():
    assert set(LAST_GRADES) == set(SchoolKind.values)
