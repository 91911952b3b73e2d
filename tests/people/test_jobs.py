"""A big roster in the background: the worker runs what is in the queue, in its school, and it counts once."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.jobs.api import app
from qingyan.people.actions import (
    roster,
    roster_checking,
    roster_committing,
    roster_progress,
    roster_undoing,
    roster_writing,
)
from qingyan.people.actions.roster_draft import NotReady
from qingyan.people.models import RosterDraft, RosterProgress, Student
from qingyan.people.models.roster import DraftState
from tests.people.desk import for_home
from tests.people.roster.files import csv_bytes, pupils

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
MANY = 2500  # more than is checked at once


class Queue:
    """The school's administrator, who uploads and discards, and the worker, who takes what is waiting."""

    def __init__(self, cast) -> None:
        self.cast, self.by = cast, cast.actor(cast.home.school_admin, cast.home)

    def upload(self) -> RosterDraft:
        content = csv_bytes(for_home(pupils(MANY)))
        with transaction.atomic(), entered(self.by):
            return roster.upload(school=self.cast.home.school, file_name="a.csv", content=content, by=self.by, now=NOW)

    def discard(self, draft: RosterDraft) -> None:
        with transaction.atomic(), entered(self.by):
            roster.discard(draft=draft, by=self.by, now=NOW)

    def waiting(self, job: str = roster.CHECK_JOB) -> list[dict]:
        """The arguments of every job in the queue, as the row keeps them."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [job])
            return [json.loads(arguments) for (arguments,) in cursor.fetchall()]

    def work(self, arguments: dict, job: str = roster.CHECK_JOB) -> None:
        app.tasks[job].func(**arguments)

    def checked(self) -> RosterDraft:
        """A big draft that the worker has checked."""
        draft = self.upload()
        self.work(self.waiting()[-1])
        return self.draft(draft)

    def ask(self, draft: RosterDraft, action=roster_committing.ask_commit) -> RosterDraft:
        with transaction.atomic(), entered(self.by):
            return action(draft=draft, by=self.by, now=NOW)

    def pupils(self) -> int:
        with transaction.atomic(), entered(self.by):
            return Student.objects.count()

    def draft(self, draft: RosterDraft) -> RosterDraft:
        with transaction.atomic(), entered(self.by):
            return RosterDraft.objects.get(pk=draft.pk)

    def checks(self) -> int:
        """How many checks the trail knows."""
        with transaction.atomic(), entered(self.cast.platform()):
            return AuditEntry.objects.filter(action="roster.checked").count()


@pytest.fixture
def queue(committed_cast) -> Queue:
    return Queue(committed_cast)


def test_the_job_row_holds_the_draft_s_id_and_nothing_of_the_file(queue):
    draft = queue.upload()
    [arguments] = queue.waiting()
    assert arguments.keys() == {"key", "scope", "draft_id"}
    assert arguments["draft_id"] == str(draft.id)
    assert (arguments["scope"]["school"], arguments["scope"]["actor"]) == (draft.school_id, str(queue.by.id))


def test_the_worker_checks_the_waiting_draft_and_changes_no_register(queue):
    with transaction.atomic(), entered(queue.by):
        before = Student.objects.count()
    draft = queue.upload()
    assert draft.state == DraftState.WAITING
    queue.work(*queue.waiting())
    checked = queue.draft(draft)
    assert (checked.state, checked.rows_good, checked.rows_bad) == (DraftState.CHECKED, MANY, 0)
    assert checked.plan["new"] == MANY
    with transaction.atomic(), entered(queue.by):
        assert Student.objects.count() == before


def test_a_check_delivered_twice_or_asked_for_again_counts_once(queue):
    queue.upload()
    [arguments] = queue.waiting()
    queue.work(arguments)
    queue.work(arguments)
    queue.work({**arguments, "key": "another delivery"})
    assert queue.checks() == 1


def test_a_draft_that_was_discarded_meanwhile_stays_so(queue):
    draft = queue.upload()
    queue.discard(draft)
    queue.work(*queue.waiting())
    found = queue.draft(draft)
    assert (found.state, found.file, queue.checks()) == (DraftState.DISCARDED, None, 0)


def test_a_job_of_another_school_does_not_see_the_draft(queue):
    draft = queue.upload()
    [arguments] = queue.waiting()
    elsewhere = {**arguments["scope"], "school": queue.cast.other.school.id}
    queue.work({**arguments, "scope": elsewhere})
    assert queue.draft(draft).state == DraftState.WAITING


COMMIT, UNDO = roster_committing.COMMIT_JOB, roster_undoing.UNDO_JOB


def test_a_big_commit_is_the_worker_s_and_counts_once(queue):
    before, draft = queue.pupils(), queue.checked()
    asked = queue.ask(draft)
    assert (asked.state, queue.pupils()) == (DraftState.IMPORTING, before)
    [arguments] = queue.waiting(COMMIT)
    queue.work(arguments, COMMIT)
    queue.work(arguments, COMMIT)
    queue.work({**arguments, "key": "another delivery"}, COMMIT)
    assert (queue.draft(draft).state, queue.pupils()) == (DraftState.COMMITTED, before + MANY)


def test_while_it_is_imported_nobody_discards_it_or_asks_again(queue):
    draft = queue.ask(queue.checked())
    with pytest.raises(NotReady):
        queue.discard(draft)
    with pytest.raises(NotReady):
        queue.ask(draft)


def test_a_commit_that_fails_halfway_leaves_the_draft_to_be_looked_at_and_tried_again(queue, monkeypatch):
    before, draft = queue.pupils(), queue.checked()
    queue.ask(draft)
    real, calls = roster_writing.Writer.write, []

    def breaks(self, steps):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the second part breaks")
        return real(self, steps)

    monkeypatch.setattr(roster_writing.Writer, "write", breaks)
    queue.work(queue.waiting(COMMIT)[-1], COMMIT)
    found = queue.draft(draft)
    assert (found.state, found.problem, queue.pupils()) == (DraftState.CHECKED, "work_failed", before)
    assert len(calls) == 2
    queue.ask(found)
    queue.work(queue.waiting(COMMIT)[-1], COMMIT)
    found = queue.draft(draft)
    assert (found.state, found.problem, queue.pupils()) == (DraftState.COMMITTED, "", before + MANY)


def test_a_register_that_has_changed_meanwhile_gives_a_new_preview_instead(queue):
    draft, other = queue.checked(), queue.checked()
    queue.ask(draft)
    queue.ask(other)
    for arguments in queue.waiting(COMMIT):
        queue.work(arguments, COMMIT)
    found = queue.draft(other)
    assert (queue.draft(draft).state, found.state) == (DraftState.COMMITTED, DraftState.CHECKED)
    assert (found.problem, found.plan["unchanged"], found.plan["new"]) == ("preview_outdated", MANY, 0)


def test_a_check_that_breaks_is_told_and_keeps_nothing(queue, monkeypatch):
    draft = queue.upload()
    monkeypatch.setattr(roster_checking, "examined_apart", None)
    queue.work(*queue.waiting())
    found = queue.draft(draft)
    assert (found.state, found.file) == (DraftState.REFUSED, None)
    assert "check_stopped" in found.problem


def test_the_page_sees_how_far_it_is_while_the_work_is_still_one_open_transaction(queue, monkeypatch):
    seen = []
    real = roster_committing._commit_part

    def looked_at(part, *rest):
        real(part, *rest)
        time.sleep(roster_progress.EVERY)
        with ThreadPoolExecutor(1) as page:
            seen.append(page.submit(progress).result())

    def progress() -> tuple:
        try:
            with transaction.atomic(), entered(queue.by):
                return RosterProgress.objects.values_list("phase", "done", "total").get(), Student.objects.count()
        finally:
            connections.close_all()

    before, draft = queue.pupils(), queue.checked()
    queue.ask(draft)
    monkeypatch.setattr(roster_committing, "_commit_part", looked_at)
    queue.work(queue.waiting(COMMIT)[-1], COMMIT)
    assert seen == [(("waiting", 0, MANY), before), (("writing", 2000, MANY), before)]
    assert queue.pupils() == before + MANY


def test_a_big_import_is_undone_by_the_worker(queue):
    before, draft = queue.pupils(), queue.checked()
    queue.ask(draft)
    queue.work(queue.waiting(COMMIT)[-1], COMMIT)
    asked = queue.ask(queue.draft(draft), roster_undoing.ask_undo)
    assert asked.state == DraftState.UNDOING
    [arguments] = queue.waiting(UNDO)
    queue.work(arguments, UNDO)
    queue.work({**arguments, "key": "another delivery"}, UNDO)
    assert (queue.draft(draft).state, queue.pupils()) == (DraftState.UNDONE, before)
