"""Events: heard inside the transaction on the caller's cursor, or later as a job that was committed with the change."""

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import connection, transaction

from qingyan.foundation.events.api import announce, publish, subscribe
from qingyan.foundation.jobs.models import Receipt


@dataclass(frozen=True)
class Something:
    """An event of this test."""

    id: object


def test_a_subscriber_inside_the_transaction_writes_with_the_change_or_not_at_all(committed_db):
    def write(event, cursor):
        cursor.execute("INSERT INTO foundation_jobs_receipt (key, done_at) VALUES (%s, now())", [str(event.id)])

    subscribe(Something, write, in_transaction=True)

    def change_and_fail():
        with transaction.atomic(), connection.cursor() as cursor:
            announce(Something(uuid4()), cursor)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert Receipt.objects.count() == 0
    with transaction.atomic(), connection.cursor() as cursor:
        announce(Something(uuid4()), cursor)
    assert Receipt.objects.count() == 1


def test_a_subscriber_that_fails_takes_the_change_with_it(committed_db):
    @dataclass(frozen=True)
    class Fragile:
        id: int

    def refuse(event, cursor):
        raise RuntimeError("no")

    subscribe(Fragile, refuse, in_transaction=True)

    def change_and_tell():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO foundation_jobs_receipt (key, done_at) VALUES ('a', now())")
            announce(Fragile(1), cursor)

    with pytest.raises(RuntimeError, match="no"):
        change_and_tell()
    assert Receipt.objects.count() == 0


def test_a_later_subscriber_becomes_a_job_in_the_same_transaction(committed_cast):
    subscribe(Something, "test.count_students")
    with transaction.atomic():
        publish(Something(uuid4()), by=committed_cast.platform())
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'id' IS NOT NULL FROM procrastinate_jobs")
        assert cursor.fetchall() == [("test.count_students", True)]


def test_a_job_cannot_listen_inside_the_transaction_nor_a_function_afterwards():
    with pytest.raises(TypeError, match="afterwards a job"):
        subscribe(Something, "test.count_students", in_transaction=True)
    with pytest.raises(TypeError, match="inside the transaction a callable"):
        subscribe(Something, print)


def test_only_dataclasses_are_events(committed_cast):
    with pytest.raises(TypeError, match="dataclass"):
        publish({"id": 1}, by=committed_cast.platform())
