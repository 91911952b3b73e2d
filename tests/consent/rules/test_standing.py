"""Whether something may begin, as a table."""

from datetime import UTC, date, datetime

import pytest

from qingyan.consent.contracts import Part, Said, Status, Why, Word
from qingyan.consent.queries.purposes import purpose
from qingyan.consent.rules.standing import guardian_part, months_after, standing, status

TODAY = date(2026, 11, 26)
PUBLISHED = datetime(2026, 9, 1, tzinfo=UTC)


def _said(word: str | None, *, on: date = date(2026, 10, 8), published=PUBLISHED) -> Said | None:
    return Said(Word(word), on, published) if word else None


def _why(age, guardian=None, own=None, since=None, code="screening") -> Why:
    return standing(purpose(code), age=age, guardian=_said(guardian), own=_said(own), on=TODAY, since=since).why


@pytest.mark.parametrize(
    ("age", "guardian", "own", "why"),
    [
        (13, None, None, Why.GUARDIAN_MISSING),
        (13, "agreed", None, Why.NOTHING),
        (13, "refused", None, Why.GUARDIAN_SAID_NO),
        (13, "withdrawn", None, Why.GUARDIAN_SAID_NO),
        (14, None, None, Why.OWN_MISSING),
        (14, None, "agreed", Why.NOTHING),
        (14, "agreed", None, Why.OWN_MISSING),
        (14, "refused", "agreed", Why.GUARDIAN_SAID_NO),
        (17, None, "withdrawn", Why.OWN_MISSING),
        (17, None, "not_now", Why.OWN_MISSING),
        (None, None, "agreed", Why.GUARDIAN_MISSING),
        (None, "agreed", None, Why.OWN_MISSING),
        (None, "agreed", "agreed", Why.NOTHING),
    ],
)
def test_screening_begins_with_the_guardian_under_fourteen_and_with_oneself_from_fourteen(age, guardian, own, why):
    assert _why(age, guardian, own) is why


def test_to_tell_a_hospital_needs_the_guardian_until_eighteen():
    assert _why(17, None, "agreed", code="hospital") is Why.GUARDIAN_MISSING
    assert _why(17, "agreed", "agreed", code="hospital") is Why.NOTHING


def test_a_newer_text_that_asks_anew_ends_a_yes_and_leaves_a_no():
    later = datetime(2026, 11, 1, tzinfo=UTC)
    assert _why(12, "agreed", since=later) is Why.GUARDIAN_MISSING
    assert _why(12, "agreed", since=PUBLISHED) is Why.NOTHING
    assert _why(12, "refused", since=later) is Why.GUARDIAN_SAID_NO


def test_a_yes_runs_out_after_a_year():
    def part(on: date) -> Part:
        said = _said("agreed", on=date(2025, 11, 27))
        return guardian_part(purpose("screening"), age=10, said=said, on=on, since=None)

    assert part(date(2026, 11, 26)) is Part.GIVEN
    assert part(date(2026, 11, 27)) is Part.MISSING


def test_months_are_counted_over_the_end_of_a_year_and_of_a_short_month():
    assert months_after(date(2026, 11, 5), 3) == date(2027, 2, 5)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_a_teacher_reads_no_difference_between_a_no_and_not_needed():
    assert {status(part) for part in (Part.REFUSED, Part.WITHDRAWN, Part.NOT_NEEDED)} == {Status.NOT_NEEDED}
    assert status(Part.GIVEN) is Status.GIVEN
    assert status(Part.MISSING) is Status.MISSING
