"""What operators ask about jobs: how many wait, which are parked. Arguments are never shown, only names and times."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, str | Promise] = {
    "todo": _("在排队"),
    "doing": _("正在做"),
    "succeeded": _("已做完"),
    "failed": _("停下来了"),
    "cancelled": _("已取消"),
    "aborting": _("正在停止"),
    "aborted": _("已停止"),
}


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


def counts_in_words() -> list[tuple[str | Promise, int]]:
    """The same for a person: states in words, in the order in which a job goes through them."""
    counts = counts_by_state()
    known = [(words, counts.pop(state)) for state, words in STATES.items() if state in counts]
    return [*known, *counts.items()]


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
