"""What a seat says: help first, then what happens now, then what is behind."""

from uuid import UUID

import pytest

from qingyan.screening.rules.seats import SeatFacts, board, state_of

SOMEBODY = UUID(int=1)


def facts(number=1, *, done=0, answering=False, stopped=False, needs=None):
    return SeatFacts(UUID(int=number), number, f"同学{number}", done, answering, stopped, needs)


@pytest.mark.parametrize(
    ("seat", "asked", "state"),
    [
        (facts(), 2, "not_started"),
        (facts(answering=True), 2, "answering"),
        (facts(stopped=True), 2, "stopped"),
        (facts(done=1), 2, "between"),
        (facts(done=2), 2, "done"),
        (facts(done=1, answering=True), 2, "answering"),
        (facts(done=1, stopped=True), 2, "stopped"),
        (facts(done=2, needs=SOMEBODY), 2, "needs_help"),
        (facts(), 0, "not_started"),
    ],
)
def test_a_seat_has_one_state(seat, asked, state):
    assert state_of(seat, asked) == state


def test_who_waits_for_help_comes_first_and_the_others_by_number():
    found = board([facts(1), facts(2, done=1), facts(3, needs=SOMEBODY), facts(4, answering=True)], 1)
    assert [line.facts.number for line in found.seats] == [3, 1, 2, 4]
    assert [line.facts.number for line in found.waiting] == [3]
    assert found.done == 1


def test_the_mark_changes_when_a_seat_does_and_only_then():
    before = board([facts(1), facts(2)], 1)
    assert board([facts(1), facts(2)], 1).mark == before.mark
    assert board([facts(1), facts(2, answering=True)], 1).mark != before.mark
