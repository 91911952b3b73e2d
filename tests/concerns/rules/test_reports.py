"""Whose circle reads what."""

import pytest

from qingyan.concerns.rules.reports import Circle, Kind, circle_of


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.BULLYING])
def test_everything_but_bullying_is_for_the_counsellors(kind):
    assert circle_of(kind, has_committee=True) is Circle.COUNSELLOR


def test_bullying_is_for_the_committee_and_lies_nowhere_without_one():
    assert circle_of(Kind.BULLYING, has_committee=True) is Circle.COMMITTEE
    assert circle_of(Kind.BULLYING, has_committee=False) is Circle.COUNSELLOR
