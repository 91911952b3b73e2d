"""An instrument is asked only in grades whose pupils all have its ages."""

import pytest

from qingyan.screening.rules.grades import fitting_grades


@pytest.mark.parametrize(
    ("ages", "grades"),
    [
        ((13, 99), [8, 9, 10, 11, 12]),
        ((6, 17), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
        ((12, 18), [7, 8, 9, 10, 11, 12]),
        ((18, 99), []),
        ((12, 12), []),
    ],
)
def test_fitting_grades(ages, grades):
    youngest, oldest = ages
    found = list(fitting_grades(youngest=youngest, oldest=oldest))
    assert found == grades
    assert all(youngest <= grade + 5 and grade + 6 <= oldest for grade in found)
