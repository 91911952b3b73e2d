"""Tells the page how far the work on a roster is, while the work itself is one long transaction.

Written by a thread with a connection of its own, at most three times a second, in transactions that end at once. A
failure to tell never stops the work.
"""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

from django.db import Error, connections, transaction
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.scope import entered
from qingyan.people.actions.roster_draft import Tell
from qingyan.people.models import RosterProgress

EVERY = 0.3  # seconds
logger = logging.getLogger(__name__)


@contextmanager
def told(draft_id: UUID, *, by: Actor) -> Iterator[Tell]:
    """`with told(…) as tell:` and then tell(phase, done, total) as often as one likes."""
    with ThreadPoolExecutor(1, thread_name_prefix="roster-progress") as pool:
        yield _Teller(pool, draft_id, by)
        pool.submit(connections.close_all)


class _Teller:
    """Skips what comes too soon, or while the last word is still being written."""

    def __init__(self, pool: ThreadPoolExecutor, draft_id: UUID, by: Actor) -> None:
        self.pool, self.draft_id, self.by = pool, draft_id, by
        self.last, self.phase = 0.0, ""
        self.writing: Future[None] | None = None

    def __call__(self, phase: str, done: int, total: int) -> None:
        moment = time.monotonic()
        busy = self.writing is not None and not self.writing.done()
        if busy or (phase == self.phase and moment - self.last < EVERY):
            return
        self.last, self.phase = moment, phase
        self.writing = self.pool.submit(self._write, phase, done, total)

    def _write(self, phase: str, done: int, total: int) -> None:
        try:
            with transaction.atomic(), entered(self.by):
                row = RosterProgress.objects.filter(draft_id=self.draft_id)
                row.update(phase=phase, done=done, total=total, at=timezone.now())
        except Error:
            logger.warning("the progress of a roster could not be told", exc_info=True)
