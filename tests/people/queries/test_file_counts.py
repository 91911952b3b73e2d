"""What city and district see of the counts: whatever is hidden cannot be computed from another line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingyan.foundation.access.policy import NotVisible
from qingyan.organisations import api as organisations
from qingyan.people.queries import file_counts
from qingyan.people.queries.file_counts import FileCounts, counts_everywhere


def test_hidden_lines_cannot_be_computed_from_the_lines_shown(cast, monkeypatch):
    actor = cast.actor(cast.city_officer)
    ids = organisations.school_ids()

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.integers(0, 30), min_size=len(ids), max_size=len(ids)))
    def holds(leaves):
        counted = {key: FileCounts(enrolled=100, on_leave=leave) for key, leave in zip(ids, leaves, strict=True)}
        monkeypatch.setattr(file_counts, "_by_school", lambda: counted)
        _, districts, schools = counts_everywhere(actor)
        assert all(line.hidden or line.counts.on_leave >= 8 for line in (*districts, *schools))
        assert sum(line.hidden for line in districts) != 1
        for line in districts:
            mine = [one for one in schools if _district(one.name) == line.name]
            assert all(one.hidden for one in mine) if line.hidden else sum(one.hidden for one in mine) != 1

    holds()


def test_a_school_administrator_sees_no_other_place(cast):
    with pytest.raises(NotVisible):
        counts_everywhere(cast.actor(cast.home.school_admin, cast.home))


def _district(school: str) -> str:
    return next(one.district.name for one in organisations.all_schools() if one.name == school)
