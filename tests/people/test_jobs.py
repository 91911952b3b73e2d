"""Checking a big roster: the worker runs what the upload left in the queue, in its school; the check counts once."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.jobs.api import app
from qingyan.people.actions import roster
from qingyan.people.models import RosterDraft, Student
from qingyan.people.models.roster import DraftState
from tests.people.roster.files import csv_bytes, pupils
from tests.people.test_roster_actions import for_home

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

    def waiting(self) -> list[dict]:
        """The arguments of every job in the queue, as the row keeps them."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [roster.CHECK_JOB])
            return [json.loads(arguments) for (arguments,) in cursor.fetchall()]

    def work(self, arguments: dict) -> None:
        app.tasks[roster.CHECK_JOB].func(**arguments)

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
