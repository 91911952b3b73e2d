"""Work whose worker died goes back to the queue, that of a living one does not; the parked waits for a person."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from qingyan.foundation.jobs.api import app, enqueue
from qingyan.foundation.jobs.jobs import retry_stalled
from qingyan.foundation.jobs.queries import counts_by_state, parked_jobs
from tests.foundation.jobs.test_api import count_students  # noqa: F401 (registers the job)


@pytest.fixture
def doing(committed_cast):
    """`doing(seconds)` leaves one job in the hands of a worker whose heart last beat that long ago."""

    def make(seconds: int) -> None:
        with transaction.atomic():
            enqueue("test.count_students", by=committed_cast.platform())
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO procrastinate_workers (last_heartbeat)
                   VALUES (now() - %s * interval '1 second') RETURNING id""",
                [seconds],
            )
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = 1", [cursor.fetchone()[0]]
            )

    return make


def _give_back() -> int:
    async def run() -> int:
        working = app.with_connector(app.connector.get_worker_connector())
        async with working.open_async():
            return await retry_stalled.func(SimpleNamespace(app=working), 0)

    return asyncio.new_event_loop().run_until_complete(run())


def _in_a_thread(work):
    """Playwright may own the loop of this thread."""
    results = []
    thread = threading.Thread(target=lambda: results.append(work()))
    thread.start()
    thread.join(timeout=30)
    return results[0]


def test_a_job_of_a_dead_worker_goes_back_to_the_queue(doing):
    doing(120)
    assert _in_a_thread(_give_back) == 1
    assert counts_by_state() == {"todo": 1}


def test_a_job_of_a_living_worker_is_left_alone(doing):
    doing(1)
    assert _in_a_thread(_give_back) == 0
    assert counts_by_state() == {"doing": 1}


def test_a_parked_job_is_listed_by_name_and_without_its_arguments(doing):
    doing(1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed', attempts = 5")
    (parked,) = parked_jobs()
    assert (parked.name, parked.attempts) == ("test.count_students", 5)
    assert set(vars(parked)) == {"id", "name", "attempts", "since"}
