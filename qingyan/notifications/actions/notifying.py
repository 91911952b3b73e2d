"""Telling staff, inside the caller's transaction: what is rolled back was never told.

Runs in a scope of the platform, because the caller may be a pupil, whose database role may not defer jobs.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.api import enqueue
from qingyan.notifications.models import Notification
from qingyan.notifications.queries.kinds import kind as kind_of
from qingyan.notifications.rules.paths import opaque

DELIVER = "notifications.deliver"
OCCASIONS = UUID("6b0f6d0e-6a3c-5d7e-9a55-5d1f6f0f7c11")  # the namespace of occasions named by a key
PURPOSE = "tell staff"


def notify(*, to: Iterable[UUID], kind: str, path: str, by: Actor, now: datetime, key: str = "") -> UUID:
    """Put a notice of this kind into the inbox of each account, and let it leave the house as each person wants.

    `path` is the page it leads to, named by identifiers only. `key` names the occasion: the same kind and key reach a
    person once, however often they are told. Nobody in `to`: nothing happens. Returns the occasion.
    Raises UnknownKind, NotOpaque.
    """
    told, opaque_path = sorted(set(to), key=str), opaque(path)
    code = kind_of(kind).code
    occasion = uuid5(OCCASIONS, f"{code}/{key}") if key else uuid4()
    if told:
        platform = system_actor(school_id=by.school_id, sight=frozenset(), purpose=PURPOSE)
        with entered(platform):
            _store(told, Notification(kind=code, path=opaque_path, occasion=occasion, school_id=by.school_id), now)
            enqueue(DELIVER, by=platform)
        detail: dict[str, str | int] = {"kind": code, "count": len(told)}
        record(by=by, action="notification.made", subject_kind="occasion", subject_id=occasion, now=now, detail=detail)
    return occasion


def _store(told: list[UUID], pattern: Notification, now: datetime) -> None:
    Notification.objects.bulk_create(
        (
            Notification(
                account_id=account,
                kind=pattern.kind,
                path=pattern.path,
                occasion=pattern.occasion,
                school_id=pattern.school_id,
                created_at=now,
            )
            for account in told
        ),
        ignore_conflicts=True,
    )
