"""The front door of the audit trail: record what was done or seen, verify the chains, publish checkpoints.

Reading entries: `queries`. The hot path may call the SQL function itself: SELECT audit.append(…), see migration 0002.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection

from qingyan.foundation.audit.checkpoint import Checkpoint, append_checkpoints, public_key, read_checkpoints
from qingyan.foundation.audit.detail import Detail, NotForAudit, checked_detail, checked_text
from qingyan.foundation.audit.gathering import APPEND, APPEND_MANY, GatheringCursor
from qingyan.foundation.audit.models import PLATFORM_CHAIN
from qingyan.foundation.audit.verify import Finding, heads, verify

__all__ = [
    "APPEND",
    "APPEND_MANY",
    "PLATFORM_CHAIN",
    "Checkpoint",
    "Finding",
    "GatheringCursor",
    "NotForAudit",
    "OutsideTransaction",
    "record",
    "verify_all",
    "write_checkpoint",
]


class OutsideTransaction(RuntimeError):
    """Something was to be recorded apart from the change it speaks of."""


class Author(Protocol):
    """What the trail keeps of an Actor: no name, which the account table knows."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def kind(self) -> Any: ...
    @property
    def roles_here(self) -> Iterable[Any]: ...
    @property
    def school_id(self) -> int | None: ...
    @property
    def purpose(self) -> str: ...
    @property
    def request_id(self) -> str: ...


def record(  # noqa: PLR0913 - the columns of one entry; a bag of them would let a caller leave one out unseen
    *,
    by: Author,
    action: str,
    subject_kind: str,
    subject_id: object,
    now: datetime,
    student_id: UUID | None = None,
    purpose: str = "",
    detail: Detail | None = None,
    chain: int | None = None,
) -> int:
    """Append one entry in the current transaction and return its id. Call it last: it holds the chain until commit.

    `chain` is the school id, by default the actor's, or 0 outside any school. An entry stands or falls with the change
    beside it. Raises OutsideTransaction, NotForAudit.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("Record in the same transaction as the change or the read: open transaction.atomic().")
    values = [
        chain if chain is not None else (by.school_id or PLATFORM_CHAIN),
        now,
        by.id,
        str(by.kind),
        ",".join(sorted(str(role) for role in by.roles_here)),
        checked_text("action", action, longest=60),
        checked_text("subject_kind", subject_kind, longest=60),
        checked_text("subject_id", str(subject_id)),
        student_id,
        checked_text("purpose", purpose or by.purpose),
        checked_text("request_id", by.request_id),
        checked_detail(detail),
    ]
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
        return cursor.fetchone()[0]


def verify_all(owner_connection: Any, checkpoint_path: Path | None = None) -> list[Finding]:
    """Recompute every chain and compare it with the signed checkpoints, if a file is given; no findings means whole.

    Needs the owner's connection (alias `owner`): the app sees one school only.
    """
    seed = settings.QINGYAN_CHECKPOINT_KEY
    points, faults = read_checkpoints(checkpoint_path, public_key(seed)) if checkpoint_path else ([], [])
    return [*faults, *verify(owner_connection, points)]


def write_checkpoint(owner_connection: Any, path: Path, now: datetime) -> int:
    """Sign the present end of every chain and append it to the file; returns how many chains. Keep copies elsewhere."""
    points = [Checkpoint(chain, seq, head, now) for chain, seq, head in heads(owner_connection)]
    append_checkpoints(path, points, settings.QINGYAN_CHECKPOINT_KEY)
    return len(points)
