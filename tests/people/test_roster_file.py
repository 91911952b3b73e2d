"""A roster from a file on this machine: a dry run leaves no trace, a commit does; ten thousand come in fast."""

import time
from datetime import UTC, datetime

import pytest
from django.db import transaction

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.people.actions.roster_file import UnknownSchool, import_roster
from qingyan.people.models import RosterDraft, Student
from tests.people.desk import for_home
from tests.people.roster.files import csv_bytes, pupil, pupils, xlsx

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
COMMAND = system_actor(school_id=None, sight=frozenset(), purpose="command line")


@pytest.fixture
def file(tmp_path):
    def write(content: bytes, name: str = "roster.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def counts(cast) -> tuple[int, int, int]:
    with transaction.atomic(), entered(cast.platform()):
        drafts = RosterDraft.objects.count()
        return Student.objects.filter(school=cast.home.school).count(), drafts, AuditEntry.objects.count()


def test_a_dry_run_tells_what_would_happen_and_leaves_no_trace(committed_cast, file):
    before = counts(committed_cast)
    report = import_roster(file(xlsx(for_home(pupils(12)))), "qingshi", by=COMMAND, now=NOW, commit=False)
    assert (report.committed, report.new, report.rows_bad, report.refusal) == (False, 12, 0, "")
    assert counts(committed_cast) == before


def test_a_commit_brings_everybody_in(committed_cast, file):
    before = counts(committed_cast)
    report = import_roster(
        file(csv_bytes(for_home(pupils(12)), encoding="gb18030")), "qingshi", by=COMMAND, now=NOW, commit=True
    )
    assert (report.committed, report.new, report.school) == (True, 12, "云州市青石中学")
    assert counts(committed_cast)[0] == before[0] + 12


def test_bad_rows_stop_a_commit_and_are_told_unless_they_may_be_left_out(committed_cast, file):
    before = counts(committed_cast)
    path = file(xlsx(for_home([*pupils(3), pupil(9, 姓名="")])))
    report = import_roster(path, "qingshi", by=COMMAND, now=NOW, commit=True)
    assert (report.committed, report.rows_good, report.rows_bad) == (False, 3, 1)
    assert [(one.line, one.text) for one in report.problems] == [(5, "“姓名”没有填写。")]
    assert counts(committed_cast) == before
    assert import_roster(path, "qingshi", by=COMMAND, now=NOW, commit=True, leave_out_bad=True).committed
    assert counts(committed_cast)[0] == before[0] + 3


def test_a_refused_file_is_told_in_words_and_leaves_no_trace(committed_cast, file):
    before = counts(committed_cast)
    report = import_roster(file(b"%PDF-1.7"), "qingshi", by=COMMAND, now=NOW, commit=True)
    assert not report.committed
    assert "名册没有任何改动" in report.refusal
    assert counts(committed_cast) == before


def test_unknown_schools_and_strangers_are_refused(committed_cast, file):
    path = file(xlsx(for_home(pupils(1))))
    with pytest.raises(UnknownSchool):
        import_roster(path, "nowhere", by=COMMAND, now=NOW, commit=True)
    stranger: Actor = committed_cast.actor(committed_cast.other.school_admin, committed_cast.other)
    with pytest.raises(NotVisible):
        import_roster(path, "qingshi", by=stranger, now=NOW, commit=True)


@pytest.mark.deep
def test_ten_thousand_pupils_come_in_well_under_twenty_seconds(committed_cast, file, record_property):
    path = file(xlsx(for_home(pupils(10_000))))
    started = time.monotonic()
    report = import_roster(path, "qingshi", by=COMMAND, now=NOW, commit=True)
    first = time.monotonic() - started
    assert (report.committed, report.new, report.rows_bad) == (True, 10_000, 0)
    started = time.monotonic()
    changed = [[*row[:6], "蒙古族", *row[7:]] for row in for_home(pupils(10_000))]
    report = import_roster(file(xlsx(changed), "again.xlsx"), "qingshi", by=COMMAND, now=NOW, commit=True)
    second = time.monotonic() - started
    assert (report.committed, report.changed, report.new) == (True, 10_000, 0)
    record_property("seconds_new", round(first, 1))
    record_property("seconds_all_changed", round(second, 1))
    assert first < 20
    assert second < 20
