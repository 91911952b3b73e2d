"""The arithmetic of the chain."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from qingyan.foundation.audit.chain import FIRST_PREV, canonical, entry_hash, rendered

parts = st.lists(st.none() | st.text(alphabet="~:1a好", max_size=4), max_size=5)


@given(parts, parts)
def test_different_entries_never_give_the_same_text(one, other):
    assert (canonical(one) == canonical(other)) == (one == other)


def test_joining_without_lengths_would_confuse_entries():
    one, other = ["ab", "c"], ["a", "bc"]
    assert "".join(one) == "".join(other)
    assert canonical(one) != canonical(other)


def test_nothing_differs_from_empty():
    assert canonical([None]) != canonical([""])


def test_the_hash_depends_on_the_entry_before():
    assert entry_hash(["a"], FIRST_PREV) != entry_hash(["a"], b"\x01" + FIRST_PREV[1:])


def test_a_moment_is_written_in_utc_with_microseconds():
    beijing = timezone(timedelta(hours=8))
    assert rendered(datetime(2026, 11, 24, 7, 5, tzinfo=beijing)) == "2026-11-23T23:05:00.000000Z"
    assert rendered(datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)) == "2026-01-02T03:04:05.000006Z"
