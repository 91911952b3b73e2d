"""The front door of sealed fields: what other parts may call beside the fields themselves (`fields`)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.crypto import rotation
from qingyan.foundation.crypto.envelope import Tampered, Unreadable, WrongKey
from qingyan.foundation.crypto.keyring import forget
from qingyan.foundation.crypto.rotation import Progress, rewrap_master
from qingyan.foundation.crypto.sealing import index_for, indexer, open_for, open_text, seal_for, seal_text, sealer

__all__ = [
    "Progress",
    "Tampered",
    "Unreadable",
    "WrongKey",
    "forget",
    "index_for",
    "indexer",
    "open_for",
    "open_text",
    "rewrap_master",
    "rotate_keys",
    "seal_for",
    "seal_text",
    "sealer",
]


def rotate_keys(*, progress: Callable[[Progress], None], now: datetime | None = None, owner: str = "owner") -> int:
    """Seal all fields of all schools with fresh keys; returns how many old keys were retired.

    `progress` is called after each batch and each finished school. Stop at any time, run again to go on.
    """
    moment, retired = now or timezone.now(), 0
    for step in rotation.rotate(entered_school=_as_the_platform, now=moment, owner=owner):
        if step.finished:
            retired += step.retired_keys
            _record(step, moment)
        progress(step)
    return retired


@contextmanager
def _as_the_platform(school_id: int | None) -> Iterator[None]:
    with entered(_platform(school_id)):
        yield


def _record(step: Progress, now: datetime) -> None:
    by = _platform(step.school_id)
    with transaction.atomic(), entered(by):
        record(
            by=by,
            action="keys.rotated",
            subject_kind="school",
            subject_id=step.school_id or "city",
            detail={"retired_keys": step.retired_keys},
            now=now,
        )


def _platform(school_id: int | None) -> Actor:
    return system_actor(school_id=school_id, sight=frozenset(Sight), purpose="密钥轮换")
