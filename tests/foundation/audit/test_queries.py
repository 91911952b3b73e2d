"""Who looked at this file: complete, newest first, in pages, and only for one's own school."""

from uuid import uuid4

import pytest

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.audit.queries import entries_about_student, entries_about_subject, entries_here
from tests.foundation.audit.conftest import START


@pytest.fixture
def looked(cast):
    """Twelve looks at the story's pupil, among others at other pupils and at the other school."""
    pupil, made = cast.home.pupil.id, []
    for _ in range(12):
        for place in (cast.home, cast.other):
            for student in (pupil, uuid4()):
                by = cast.actor(place.counsellor, place)
                entry = {"action": "file.read", "subject_kind": "file", "subject_id": student, "student_id": student}
                with entered(by):
                    made.append((place.school.id, student, record(by=by, now=START, **entry)))
    with entered(cast.actor(cast.home.counsellor, cast.home)) as scope:
        yield [number for school, student, number in made if (school, student) == (cast.home.school.id, pupil)], scope


def walk(ask):
    """All pages, one after the other."""
    pages, before = [], None
    while True:
        page = ask(before)
        pages.append([entry.id for entry in page.entries])
        if page.older is None:
            return pages
        before = page.older


def test_all_looks_at_a_pupil_are_found_newest_first(cast, looked):
    actor = cast.actor(cast.home.counsellor, cast.home)
    pages = walk(lambda before: entries_about_student(actor, cast.home.pupil.id, before=before, limit=5))
    assert [len(page) for page in pages] == [5, 5, 2]
    assert [entry for page in pages for entry in page] == sorted(looked[0], reverse=True)


def test_the_last_full_page_says_that_it_is_the_last(cast, looked):
    actor = cast.actor(cast.home.counsellor, cast.home)
    pages = walk(lambda before: entries_about_student(actor, cast.home.pupil.id, before=before, limit=6))
    assert [len(page) for page in pages] == [6, 6]


def test_a_subject_is_found_by_kind_and_id(cast, looked):
    actor = cast.actor(cast.home.counsellor, cast.home)
    assert len(entries_about_subject(actor, "file", cast.home.pupil.id).entries) == 12
    assert entries_about_subject(actor, "alert", cast.home.pupil.id).entries == ()


def test_the_whole_trail_of_a_school_is_its_own_only(cast, looked):
    entries = entries_here(cast.actor(cast.home.counsellor, cast.home)).entries
    assert len(entries) == 24
    assert {entry.chain for entry in entries} == {cast.home.school.id}


def test_an_actor_of_another_school_gets_nothing_in_this_scope(cast, looked):
    actor = cast.actor(cast.other.counsellor, cast.other)
    assert entries_about_student(actor, cast.home.pupil.id).entries == ()
