"""Entries are pushed once, seen by the own counsellor only, and never changed or removed."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from qingyan.archives import api
from qingyan.archives.contracts import AlertContent
from qingyan.archives.models import Entry
from qingyan.foundation.access.scope import entered
from tests.alerts.setting import counsellor
from tests.screening.setting import signed_in


def pushed(pupil, source=None, kind=api.EntryKind.ALERT) -> None:
    api.add_entry(
        school_id=pupil.school_id,
        student_id=pupil.id,
        kind=kind,
        at=timezone.now(),
        title="预警",
        source=source or uuid4(),
        content=AlertContent("a", "red", "scl-90", ("理由",)).as_json(),
    )


def seen_by(actor) -> int:
    with entered(actor):
        return Entry.objects.count()


def test_a_pupil_s_transaction_may_push_and_the_pupil_sees_nothing_of_it(cast):
    pupil = cast.home.pupil
    with entered(signed_in(pupil)):
        pushed(pupil)
    assert (seen_by(counsellor(cast)), seen_by(counsellor(cast, cast.other))) == (1, 0)
    with pytest.raises(ProgrammingError, match="permission denied"):
        seen_by(signed_in(pupil))


def test_the_same_push_again_changes_nothing_and_another_kind_of_the_same_source_is_another_entry(cast):
    pupil, source = cast.home.pupil, uuid4()
    with entered(cast.platform()):
        for _ in range(3):
            pushed(pupil, source)
        pushed(pupil, source, api.EntryKind.ACKNOWLEDGEMENT)
    assert seen_by(counsellor(cast)) == 2


def test_nobody_pushes_into_a_file_of_another_school(cast):
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with entered(counsellor(cast)), refused, transaction.atomic():
        pushed(cast.other.pupil)


@pytest.mark.parametrize("statement", ["UPDATE archives_entry SET title = 'x'", "DELETE FROM archives_entry"])
def test_an_entry_is_never_changed_or_removed(cast, statement):
    with entered(counsellor(cast)):
        pushed(cast.home.pupil)
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_many_entries_go_in_one_call(cast):
    pupil = cast.home.pupil
    rows = [
        api.entry_values(
            school_id=pupil.school_id,
            student_id=pupil.id,
            kind="result",
            at=timezone.now(),
            title="结果",
            source=uuid4(),
            content={},
        )
        for _ in range(5)
    ]
    with entered(cast.platform()):
        api.add_entries(rows)
    assert seen_by(counsellor(cast)) == 5


def test_a_kind_without_a_reader_shows_its_title(cast):
    with entered(counsellor(cast)):
        pushed(cast.home.pupil, kind=api.EntryKind.ENROLMENT)
        ((_, reading),) = api.read(api.entries_of(counsellor(cast), cast.home.pupil.id), "qingshi")
    assert (reading.title, reading.scales, reading.link) == ("预警", (), "")


def test_contents_are_found_by_source_for_those_who_may_read_files(cast):
    source = uuid4()
    with entered(cast.platform()):
        pushed(cast.home.pupil, source)
    by = counsellor(cast)
    with entered(by):
        assert list(api.contents_by_source(by, "alert", [source, uuid4()])) == [source]
    teacher = cast.actor(cast.home.homeroom_teacher, cast.home)
    with entered(cast.platform()):
        assert api.contents_by_source(teacher, "alert", [source]) == {}, "the policy says it again"
