"""Giving a parked job back to the queue."""

from datetime import datetime

from django.db import connection

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.policy import OPERATE


def retry(*, job_id: int, by: Actor, now: datetime) -> None:
    """Put a parked job back at once. Raises NotVisible when there is no such parked job."""
    require(by, OPERATE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE", [job_id])
        if cursor.fetchone() is None:
            raise NotVisible("no such parked job")
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = %s, worker_id = NULL WHERE id = %s",
            [now, job_id],
        )
    record(by=by, action="job.retried", subject_kind="job", subject_id=job_id, now=now)
