"""What operators ask about jobs: how many wait, which are parked. Arguments are never shown, only names and times."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True)
class ParkedJob:
    """A job that failed for good and waits for a person."""

    id: int
    name: str
    attempts: int
    since: datetime | None


def counts_by_state() -> dict[str, int]:
    """How many jobs are in each state (todo, doing, succeeded, failed, …)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status ORDER BY status")
        return dict(cursor.fetchall())


def parked_jobs(limit: int = 50) -> list[ParkedJob]:
    """The newest parked jobs, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT j.id, j.task_name, j.attempts, max(e.at)
               FROM procrastinate_jobs j LEFT JOIN procrastinate_events e ON e.job_id = j.id
               WHERE j.status = 'failed' GROUP BY j.id ORDER BY max(e.at) DESC NULLS LAST LIMIT %s""",
            [limit],
        )
        return [ParkedJob(*row) for row in cursor.fetchall()]
