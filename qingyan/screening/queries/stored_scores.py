"""Stored results beside their answers, page by page, and which of them a plan scores otherwise. No row is changed.

Answers are read as the bytes that PostgreSQL sends for smallint[] and become a matrix in one step; lists of Python
numbers would cost more than the scoring itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
from psycopg.adapt import Loader
from psycopg.pq import Format

from qingyan.instruments.api import score_many
from qingyan.instruments.contracts import Plan

PAGE: Final = 4000
SMALLINTS: Final = 1005  # the oid of smallint[]
HEAD, CELL = 20, 6  # bytes: array header; length and value of each element that is not NULL
NO_BAND, UNKNOWN = -1, -2
QUESTION = """
SELECT r.sitting_id, a.answers, a.age, r.instrument, r.version, r."values"::text, r.bands::text, r.screen->>'outcome'
FROM screening_result r JOIN screening_answersheet a ON a.sitting_id = r.sitting_id
WHERE (%(campaign)s::uuid IS NULL OR r.campaign_id = %(campaign)s)
  AND (%(instrument)s::text IS NULL OR r.instrument = %(instrument)s)
"""
_numbers = msgspec.json.Decoder(dict[str, float | None])
_words = msgspec.json.Decoder(dict[str, str])
_OUTCOMES = {"true": 1, "false": 0, None: -1}


class _Raw(Loader):
    """The bytes as they came."""

    format = Format.BINARY

    def load(self, data: Any) -> bytes:
        return bytes(data)


@dataclass(frozen=True)
class Page:
    """Some results with their answers, as rows of QUESTION."""

    rows: Sequence[tuple[Any, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def instruments(self) -> list[tuple[str, str]]:
        """Code and version of every instrument on the page."""
        return sorted({(row[3], row[4]) for row in self.rows})

    def of(self, code: str, version: str) -> "Page":
        """The rows of one instrument."""
        return Page([row for row in self.rows if row[3] == code and row[4] == version])


def pages(psycopg: Any, *, campaign: UUID | None, instrument: str | None) -> Iterator[Page]:
    """All results of the entered scope. `psycopg` is psycopg's own connection in an open transaction."""
    with psycopg.cursor(name="stored_scores", binary=True) as cursor:
        cursor.adapters.register_loader(SMALLINTS, _Raw)
        cursor.execute(QUESTION, {"campaign": campaign, "instrument": instrument})
        while rows := cursor.fetchmany(PAGE):
            yield Page(rows)


def differing(page: Page, plan: Plan) -> list[UUID]:
    """The sittings whose stored values, bands or screening outcome are not what the plan gives now."""
    youngest = plan.instrument.audience.ages[0]
    ages = np.array([youngest if row[2] is None else row[2] for row in page.rows])
    columns = score_many(
        plan.code, matrix([row[1] for row in page.rows], len(plan.items)), version=plan.version, ages=ages
    )
    values = [_numbers.decode(row[5]) for row in page.rows]
    bands = [_words.decode(row[6]) for row in page.rows]
    wrong = columns["screen"] != np.array([_OUTCOMES[row[7]] for row in page.rows])
    for scale in plan.instrument.scales:
        stored = np.array([one.get(scale.id) for one in values], dtype=np.float64)
        wrong |= ~np.isclose(stored, columns[scale.id].astype(np.float64), rtol=0, atol=1e-9, equal_nan=True)
        if scale.bands:
            levels = {str(band.level): number for number, band in enumerate(scale.bands)}
            given = [levels.get(one[scale.id], UNKNOWN) if scale.id in one else NO_BAND for one in bands]
            wrong |= columns[f"{scale.id}.band"] != np.array(given)
    return [row[0] for row, differs in zip(page.rows, wrong.tolist(), strict=True) if differs]


def matrix(raw: Sequence[bytes], items: int) -> npt.NDArray[np.int8]:
    """Sheets x items from binary smallint[]; -1 for a missing answer. Raises ValueError for another length."""
    size = HEAD + CELL * items
    whole = [one if len(one) == size else _without_gaps(one, items) for one in raw]
    cells = np.frombuffer(b"".join(whole), dtype=np.uint8).reshape(len(raw), size)[:, HEAD:]
    return np.ascontiguousarray(cells.reshape(len(raw), items, CELL)[:, :, 5]).view(np.int8)


def _without_gaps(one: bytes, items: int) -> bytes:
    """The same array with -1 in place of each NULL, so that every element has its two bytes."""
    filled, at = bytearray(one[:HEAD]), HEAD
    while at < len(one):
        given = one[at : at + 4] != b"\xff\xff\xff\xff"
        filled += one[at : at + CELL] if given else b"\x00\x00\x00\x02\xff\xff"
        at += CELL if given else 4
    if len(filled) != HEAD + CELL * items:
        raise ValueError(f"a sheet of {items} items is stored with another number of answers")
    return bytes(filled)
