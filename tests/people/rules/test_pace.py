"""Who guesses waits; who does not, does not."""

from datetime import UTC, datetime, timedelta

import pytest

from qingyan.people.rules.pace import FREE_TRIES, LONGEST_WAIT, admission, remaining_wait

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def wrong(count: int) -> list[datetime]:
    return [NOW - timedelta(seconds=1) * number for number in range(count)]


def test_the_first_tries_are_free():
    assert [remaining_wait(wrong(count), now=NOW) for count in range(FREE_TRIES)] == [0, 0, 0]


def test_the_pause_doubles_and_never_passes_a_minute():
    waits = [remaining_wait(wrong(count), now=NOW) for count in range(FREE_TRIES, 20)]
    assert waits[:5] == [2, 4, 8, 16, 32]
    assert max(waits) == LONGEST_WAIT.total_seconds() == 60


def test_nobody_is_locked_out_for_good():
    assert remaining_wait(wrong(1000), now=NOW + LONGEST_WAIT) == 0


def test_old_tries_are_forgotten():
    assert remaining_wait(wrong(50), now=NOW + timedelta(minutes=16)) == 0


@pytest.mark.parametrize(("tries", "share"), [(0, 1.0), (200, 1.0), (400, 0.5), (42_000, 200 / 42_000)])
def test_a_class_that_is_being_guessed_at_looks_at_as_many_tries_as_pupils_need(tries, share):
    assert admission(tries) == pytest.approx(share)


def test_guessing_through_a_whole_lesson_stays_below_one_in_a_million():
    looked_at = 200 * 45
    assert looked_at * 50 / 2**40 < 1e-6
