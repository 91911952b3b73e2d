"""Jobs: deferred with the change or not at all, in the scope stored with them, with an effect exactly once."""

import json

import pytest
from django.db import connection, transaction

from qingyan.foundation.access.roles import Sight
from qingyan.foundation.jobs.api import app, enqueue, job, perform
from qingyan.foundation.jobs.models import Receipt
from qingyan.people.models import Student

seen: list = []


@job("test.count_students", sight=frozenset({Sight.IDENTITY}), purpose="test")
def count_students(*, by, now, word="") -> None:
    seen.append((by.school_id, Student.objects.count(), word))


@job("test.break", sight=frozenset(), purpose="test")
def break_down(*, by, now) -> None:
    raise RuntimeError("broken")


def _waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def forget():
    seen.clear()


def test_a_change_that_is_rolled_back_announces_nothing(committed_cast):
    by = committed_cast.platform()

    def ask_and_fail():
        with transaction.atomic():
            enqueue("test.count_students", by=by)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fail()
    assert _waiting() == []
    with transaction.atomic():
        enqueue("test.count_students", by=by)
    assert _waiting() == ["test.count_students"]


def test_a_job_enters_the_scope_stored_with_it(committed_cast):
    with transaction.atomic():
        enqueue("test.count_students", by=committed_cast.platform(committed_cast.far), word="x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs")
        arguments = cursor.fetchone()[0]
    app.tasks["test.count_students"].func(**json.loads(arguments))
    assert seen == [(committed_cast.far.school.id, 5, "x")]


def test_a_job_delivered_twice_works_once(committed_cast):
    by = committed_cast.platform()
    assert perform(count_students, key="k1", by=by) is True
    assert perform(count_students, key="k1", by=by) is False
    assert len(seen) == 1


def test_a_job_that_fails_leaves_no_receipt_and_can_be_tried_again(committed_cast):
    with pytest.raises(RuntimeError, match="broken"):
        perform(break_down, key="k2", by=committed_cast.platform())
    assert Receipt.objects.count() == 0


def test_arguments_must_be_plain(committed_cast):
    with pytest.raises(TypeError, match="plain"):
        enqueue("test.count_students", by=committed_cast.platform(), word={"name": "x"})
