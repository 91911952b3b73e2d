"""To what an approval is bound: the kind, the columns, and whose rows. Pure."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from uuid import UUID


def fingerprint(kind: str, columns: Iterable[str], rows: Iterable[UUID]) -> str:
    """SHA-256 over the kind, the columns in their order, and the rows in any order."""
    bound = [kind, list(columns), sorted(str(row) for row in rows)]
    return hashlib.sha256(json.dumps(bound).encode()).hexdigest()


def holds(approved: str, present: str) -> bool:
    """Whether what would be taken now is what was approved."""
    return hmac.compare_digest(approved, present)
