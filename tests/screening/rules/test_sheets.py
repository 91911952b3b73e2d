"""Fingerprints that the browser can compute too, the order of the page, and how a sheet was answered."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from qingyan.screening.rules.sheets import fingerprint, quality, shown, whole

answers = st.lists(st.none() | st.integers(0, 5), min_size=1, max_size=100)


def test_the_fingerprint_is_that_of_compact_json_as_a_browser_writes_it():
    assert fingerprint([1, None, 3]) == hashlib.sha256(b"[1,null,3]").hexdigest()


@given(answers, st.data())
def test_what_the_page_shows_can_be_put_back_in_its_place(values, data):
    hidden = data.draw(st.frozensets(st.integers(0, len(values) - 1)))
    visible = shown(values, hidden)
    back = whole(visible, hidden, length=len(values))
    assert back == [None if index in hidden else value for index, value in enumerate(values)]
    assert whole([*visible, 1], hidden, length=len(values)) is None


def test_quality_counts_time_runs_and_quick_answers():
    found = quality([1, 1, 1, 2, None, 2], [500, 1500, 999, 4000, None, 1000])
    assert (found.total_ms, found.longest_run, found.quick_share) == (7999, 3, 0.4)


def test_an_empty_sheet_has_no_quality_to_speak_of():
    found = quality([None, None], [None, None])
    assert (found.total_ms, found.longest_run, found.quick_share) == (0, 0, None)
