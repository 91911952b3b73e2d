"""Age counts whole years."""

from datetime import date

import pytest

from qingyan.people.rules.ages import age_on


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 11, 24), date(2026, 11, 23), 13),
        (date(2012, 11, 24), date(2026, 11, 24), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (None, date(2026, 3, 1), None),
    ],
)
def test_age_on_a_day(born, day, age):
    assert age_on(born, day) == age
