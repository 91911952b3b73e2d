"""Background work on procrastinate, deferred inside the Django transaction that asks for it.

A job enters the scope stored with it, runs in one transaction, and leaves a receipt so that its effect happens once.
Failures are retried five times with growing pauses, then the job is parked (state "failed") and shown to operators.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.models import Receipt

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


@dataclass(frozen=True)
class StoredScope:
    """What a job row keeps of the actor who asked: enough to enter the same school with the job's own sight."""

    actor: str
    kind: str
    school: int | None
    request: str


def enqueue(name: str, *, by: Actor, key: str | None = None, **identifiers: Any) -> None:
    """Defer a job by name in the open transaction. `key` names the work so that a second delivery does nothing.

    Identifiers must be plain (str, int, bool, None): job rows are read by operators and hold no content.
    """
    for field, value in identifiers.items():
        if not isinstance(value, str | int | float | bool | None):
            raise TypeError(f"job argument {field} must be plain, not {type(value).__name__}")
    app.configure_task(name, queue="default").defer(
        key=key or f"{name}:{uuid4()}",
        scope={"actor": str(by.id or ""), "kind": by.kind.value, "school": by.school_id, "request": by.request_id},
        **identifiers,
    )


def job(name: str, *, sight: frozenset[Sight], purpose: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a job: it is called with by=Actor, now=… and the identifiers, inside its scope, at most once."""

    def mark(work: Callable[..., None]) -> Callable[..., None]:
        @app.task(name=name, retry=RETRY)
        @wraps(work)
        def run(*, key: str, scope: dict[str, Any], **identifiers: Any) -> None:
            perform(work, key=key, by=_actor(StoredScope(**scope), sight, purpose), **identifiers)

        return work

    return mark


def perform(work: Callable[..., None], *, key: str, by: Actor, **identifiers: Any) -> bool:
    """Do the work in one transaction with its receipt. Returns False when the receipt was there already."""
    with transaction.atomic():
        _, is_new = Receipt.objects.get_or_create(key=key, defaults={"done_at": timezone.now()})
        if not is_new:
            return False
        with entered(by):
            work(by=by, now=timezone.now(), **identifiers)
    return True


def _actor(stored: StoredScope, sight: frozenset[Sight], purpose: str) -> Actor:
    return Actor(
        kind=Kind.SYSTEM,
        id=UUID(stored.actor) if stored.actor else None,
        name="system",
        school_id=stored.school,
        purpose=purpose,
        request_id=stored.request,
        extra_sight=sight,
    )
