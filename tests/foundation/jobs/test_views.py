"""Operators see parked jobs and give them back; nobody else sees the page."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from qingyan.foundation.audit.models import AuditEntry
from qingyan.foundation.jobs.api import enqueue
from tests.foundation.jobs.test_api import count_students  # noqa: F401 (registers the job)

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def parked(committed_cast) -> int:
    """The key of one parked job."""
    with transaction.atomic():
        enqueue("test.count_students", by=committed_cast.platform())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 5 RETURNING id")
        return cursor.fetchone()[0]


def _client(account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def test_an_operator_sees_the_parked_job_and_tries_it_again(committed_cast, parked, owner_connection):
    operator = _client(committed_cast.system_admin)
    assert "test.count_students" in operator.get(reverse("operations:jobs")).content.decode()
    assert operator.post(reverse("operations:retry", args=[parked])).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs")
        assert cursor.fetchone() == ("todo",)
    with owner_connection.cursor() as cursor:
        cursor.execute(f"SELECT action FROM {AuditEntry._meta.db_table}")
        assert ("job.retried",) in cursor.fetchall()


def test_states_are_told_in_words(committed_cast, parked):
    page = _client(committed_cast.system_admin).get(reverse("operations:jobs")).content.decode()
    assert "停下来了" in page
    assert "failed" not in page


def test_a_job_that_is_not_parked_cannot_be_tried_again(committed_cast, parked):
    operator = _client(committed_cast.system_admin)
    operator.post(reverse("operations:retry", args=[parked]))
    assert operator.post(reverse("operations:retry", args=[parked])).status_code == 404


def test_a_counsellor_sees_neither_page_nor_job(committed_cast, parked):
    counsellor = _client(committed_cast.home.counsellor)
    assert counsellor.get(reverse("operations:jobs")).status_code == 404
    assert counsellor.post(reverse("operations:retry", args=[parked])).status_code == 404
