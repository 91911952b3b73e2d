"""The front door of archives: push an entry into a pupil's file, and tell how entries of a kind are read.

The statement asks for no row back and names no arbiter, so that a pupil's scope, which cannot see files, may push
(a result is stored in the transaction of the hand-in). Pushing the same (kind, source) again changes nothing.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import connection

from qingyan.archives.actions import open_file
from qingyan.archives.contracts import EntryFacts, Reader, Reading, ScaleReading
from qingyan.archives.models import EntryKind, SealedSource
from qingyan.archives.queries.files import contents_by_source, entries_of
from qingyan.archives.queries.readings import read, register_reader
from qingyan.archives.queries.told_looks import looks_for_guardians, looks_for_pupil, withhold_from_guardians_with

__all__ = [
    "ENTRIES",
    "ENTRY",
    "EntryFacts",
    "EntryKind",
    "Reading",
    "ScaleReading",
    "add_entries",
    "add_entry",
    "contents_by_source",
    "entries_of",
    "entry_values",
    "looks_for_guardians",
    "looks_for_pupil",
    "open_file",
    "read",
    "read_entries_with",
    "seal_sources",
    "withhold_from_guardians_with",
]

ENTRY = (
    "INSERT INTO archives_entry (id, school_id, student_id, kind, at, title, source, content) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb) ON CONFLICT DO NOTHING"
)
# The same for many entries, given as one JSON array of objects with these keys.
ENTRIES_A_STATEMENT = 2000
ENTRIES = """
INSERT INTO archives_entry (id, school_id, student_id, kind, at, title, source, content)
SELECT gen_random_uuid(), e.school_id, e.student_id, e.kind, e.at, e.title, e.source, e.content
FROM json_to_recordset(%s::json)
  AS e(school_id bigint, student_id uuid, kind text, at timestamptz, title text, source uuid, content jsonb)
ON CONFLICT DO NOTHING
"""


def entry_values(  # noqa: PLR0913 (the columns of the row)
    *, school_id: int, student_id: UUID, kind: str, at: datetime, title: str, source: UUID, content: Mapping[str, Any]
) -> tuple[Any, ...]:
    """The values of ENTRY in order, for a writer with its own cursor. `content` holds no free text of a person."""
    return (uuid4(), school_id, student_id, str(kind), at, title, source, json.dumps(content, ensure_ascii=False))


def add_entry(  # noqa: PLR0913 (the columns of the row)
    *, school_id: int, student_id: UUID, kind: str, at: datetime, title: str, source: UUID, content: Mapping[str, Any]
) -> None:
    """Push one entry in the open transaction; one more push of the same kind and source does nothing."""
    add_entries(
        [
            entry_values(
                school_id=school_id,
                student_id=student_id,
                kind=kind,
                at=at,
                title=title,
                source=source,
                content=content,
            )
        ]
    )


def add_entries(rows: Iterable[tuple[Any, ...]]) -> None:
    """Push many entries, each made by entry_values."""
    with connection.cursor() as cursor:
        waiting = iter(rows)
        while some := list(islice(waiting, ENTRIES_A_STATEMENT)):
            cursor.execute(ENTRIES, [msgspec.json.encode([_named(row) for row in some]).decode()])


def _named(row: tuple[Any, ...]) -> dict[str, Any]:
    """The values of entry_values as ENTRIES names them; the content is JSON text already."""
    _, school_id, student_id, kind, at, title, source, content = row
    return {
        "school_id": school_id,
        "student_id": student_id,
        "kind": kind,
        "at": at,
        "title": title,
        "source": source,
        "content": msgspec.Raw(content.encode()),
    }


def read_entries_with(kind: str, reader: Reader) -> None:
    """Let the domain that writes entries of this kind put them into words: reader(entry, slug of the school).

    Called once, when the application starts. A kind without a reader shows its title only.
    """
    register_reader(kind, reader)


def seal_sources(*, school_id: int, student_id: UUID, sources: Iterable[UUID], at: datetime) -> None:
    """Let the entries of these sources leave the visible file. They are kept: what was done stays provable.

    The caller has asked whether it may, and records why.
    """
    for source in sources:
        SealedSource.objects.get_or_create(
            source=source, defaults={"school_id": school_id, "student_id": student_id, "at": at}
        )
