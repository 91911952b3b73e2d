"""A cursor that keeps entries of the trail until the end: a chain is held from its first entry until COMMIT.

For a writer who stores many things in one transaction: whoever records on this cursor by APPEND, as always, is recorded
by one APPEND_MANY just before COMMIT. Nothing is recorded before `entries` are appended; the caller must do that.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec

APPEND: Final = (
    "SELECT audit.append(%s::bigint, %s::timestamptz, %s::uuid, %s::text, %s::text, %s::text, %s::text, %s::text, "
    "%s::uuid, %s::text, %s::text, %s::jsonb)"
)
# Several entries of one chain, in order: the chain, and one JSON array of objects with COLUMNS as keys.
APPEND_MANY: Final = "SELECT audit.append_many(%s::bigint, %s::jsonb)"
COLUMNS: Final = (
    "at",
    "actor_id",
    "actor_kind",
    "roles",
    "action",
    "subject_kind",
    "subject_id",
    "student_id",
    "purpose",
    "request_id",
    "detail",
)


class GatheringCursor:
    """Passes everything on except APPEND. `before` runs ahead of the first statement that is passed on."""

    def __init__(self, cursor: Any, before: Callable[[], None]) -> None:
        self._cursor = cursor
        self._before: Callable[[], None] | None = before
        self.entries: list[dict[str, Any]] = []

    def execute(self, statement: str, values: Any = None) -> Any:
        """As a cursor's; the values of an APPEND are kept."""
        if statement == APPEND:
            _, *columns, detail = values
            self.entries.append(dict(zip(COLUMNS, (*columns, msgspec.Raw(detail.encode())), strict=True)))
            return self
        return self._ready().execute(statement, values)

    @property
    def connection(self) -> Any:
        """The cursor's connection, for whoever sends several statements at once."""
        return self._ready().connection

    def _ready(self) -> Any:
        if self._before is not None:
            before, self._before = self._before, None
            before()
        return self._cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def append(self, cursor: Any, chain: int) -> None:
        """Record what was kept, in its order, in this chain, whose scope is entered."""
        if self.entries:
            cursor.execute(APPEND_MANY, (chain, msgspec.json.encode(self.entries).decode()))
