"""The arithmetic of the chain: one unambiguous text per entry, and its SHA-256.

The SQL function audit.append (migration 0002) builds the same text; a test compares both on thousands of entries.
Each part is written as its length in characters, a colon and the part, or as "~" when it is null.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

FIRST_PREV = bytes(32)


def canonical(parts: Sequence[str | None]) -> str:
    """The text that is hashed. Two different sequences never give the same text."""
    return "".join("~" if part is None else f"{len(part)}:{part}" for part in parts)


def entry_hash(parts: Sequence[str | None], prev_hash: bytes) -> bytes:
    """SHA-256 (32 bytes) over the parts of an entry followed by the hash of the entry before it."""
    return hashlib.sha256(canonical([*parts, prev_hash.hex()]).encode()).digest()


def rendered(at: datetime) -> str:
    """A moment as the chain writes it: UTC, microseconds, `2026-11-24T08:00:00.000000Z`."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
