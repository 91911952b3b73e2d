"""Who may be named into the circle of a mandatory report."""

from uuid import uuid4

from qingyan.cases.queries.circles import circle
from qingyan.cases.rules.circle import fits


def test_only_people_who_may_be_named_and_few_of_them():
    people = {uuid4(): "x" for _ in range(5)}
    named = list(people)[: circle().at_most]
    assert fits(circle(), named, people)
    assert fits(circle(), [], people), "nobody beside the writer"
    assert not fits(circle(), list(people), people)
    assert not fits(circle(), [uuid4()], people)


def test_the_circle_is_a_demonstration_until_signed():
    assert circle().signed_by is None
