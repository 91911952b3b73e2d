"""Stored results beside their answers, page by page, and which of them a plan scores otherwise. No row is changed.

The database hands over a page as a few long strings, one for each column; numpy reads each in one step. Rows of Python
objects would cost more than the scoring itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
import numpy as np
import numpy.typing as npt
from psycopg import Cursor, sql

from qingyan.instruments.api import score_many
from qingyan.instruments.contracts import Plan

PAGE: Final = 8192
HEAD, CELL = 20, 6  # bytes of a binary smallint[]: its header; length and value of each element
NO_BAND, UNKNOWN = -1, -2
OUTCOMES: Final = {"t": 1, "f": 0, "-": -1}
WITHIN = sql.SQL(
    "(%(campaign)s::uuid IS NULL OR r.campaign_id = %(campaign)s) "
    "AND (%(instrument)s::text IS NULL OR r.instrument = %(instrument)s)"
)
CUTOFF = sql.SQL("""LEFT JOIN screening_campaigninstrument i
    ON i.campaign_id = r.campaign_id AND i.instrument = r.instrument AND i.version = r.version""")
KINDS = sql.SQL("""
SELECT DISTINCT r.instrument, r.version, coalesce(i.screen_rule, '') FROM screening_result r {cutoff}
WHERE {within} ORDER BY 1, 2, 3
""").format(within=WITHIN, cutoff=CUTOFF)
COLUMNS = sql.SQL("""
SELECT string_agg(uuid_send(id), ''), string_agg(array_send(array_replace(answers, NULL, -1::smallint)), ''),
  string_agg(age, ','), string_agg(outcome, ''), string_agg(scores, ','), string_agg(bands, E'\n')
FROM (
  SELECT r.sitting_id AS id, a.answers, coalesce(a.age::text, '-1') AS age, {scores} AS scores, r.bands::text AS bands,
    CASE r.screen->>'outcome' WHEN 'true' THEN 't' WHEN 'false' THEN 'f' ELSE '-' END AS outcome,
    (row_number() OVER () - 1) / {page} AS page
  FROM screening_result r JOIN screening_answersheet a ON a.sitting_id = r.sitting_id {cutoff}
  WHERE {within} AND r.instrument = %(code)s AND r.version = %(version)s AND coalesce(i.screen_rule, '') = %(rule)s
) AS everything GROUP BY page
""")
_words = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True)
class Page:
    """Some results of one instrument with their answers: a string for each column, as COLUMNS tells."""

    code: str
    version: str
    rule: str  # the cut-off of the rounds that these sheets belong to; "" is the file's first
    ids: bytes
    answers: bytes
    ages: str
    outcomes: str
    scores: str
    bands: str

    def __len__(self) -> int:
        return len(self.ids) // 16

    def sitting(self, row: int) -> UUID:
        """The sitting of a row."""
        return UUID(bytes=self.ids[16 * row : 16 * row + 16])


def pages(
    psycopg: Any, plan_of: Any, *, campaign: UUID | None, instrument: str | None, size: int = PAGE
) -> Iterator[Page]:
    """All results of the entered scope; `plan_of(code, version)` gives the plan.

    `psycopg` is psycopg's own connection in an open transaction. Raises LookupError for a plan that is gone.
    """
    wanted = {"campaign": campaign, "instrument": instrument}
    for code, version, rule in psycopg.execute(KINDS, wanted).fetchall():
        scales = [scale.id for scale in plan_of(code, version).instrument.scales]
        statement = COLUMNS.format(scores=_scores(scales), page=sql.Literal(size), within=WITHIN, cutoff=CUTOFF)
        cursor = Cursor(psycopg)  # Django gives cursors that know no binary results
        cursor.execute(statement, wanted | {"code": code, "version": version, "rule": rule}, binary=True)
        for columns in cursor:
            yield Page(code, version, rule, *columns)


def _scores(scales: Sequence[str]) -> sql.Composed:
    each = [sql.SQL("coalesce(r.\"values\"->>{}, 'null')").format(sql.Literal(scale)) for scale in scales]
    return sql.SQL("concat_ws(',', {})").format(sql.SQL(", ").join(each))


def differing(page: Page, plan: Plan) -> list[UUID]:
    """The sittings whose stored values, bands or screening outcome are not what the plan gives now."""
    ages = np.array(page.ages.split(","), dtype=np.int64)
    ages[ages < 0] = plan.instrument.audience.ages[0]
    answers, rule = matrix(page.answers, len(page), len(plan.items)), page.rule or None
    columns = score_many(plan.code, answers, version=plan.version, ages=ages, rule=rule)
    wrong = columns["screen"] != np.array([OUTCOMES[one] for one in page.outcomes])
    scales = plan.instrument.scales
    stored = _numbers(page, len(scales))
    for number, scale in enumerate(scales):
        new = columns[scale.id].astype(np.float64)
        wrong |= ~((np.abs(stored[:, number] - new) <= 1e-9) | (np.isnan(stored[:, number]) & np.isnan(new)))
    wrong |= _other_bands(page, plan, columns)
    return [page.sitting(row) for row in np.flatnonzero(wrong).tolist()]


def _other_bands(page: Page, plan: Plan, columns: Any) -> npt.NDArray[np.bool_]:
    """Few different sets of bands occur: each text is read once."""
    banded = [scale for scale in plan.instrument.scales if scale.bands]
    places: dict[str, int] = {}
    rows = np.array([places.setdefault(text, len(places)) for text in page.bands.split("\n")])
    wrong = np.zeros(len(page), dtype=bool)
    known = [_words.decode(text) for text in places]
    for scale in banded:
        levels = {str(band.level): number for number, band in enumerate(scale.bands)}
        given = [levels.get(one[scale.id], UNKNOWN) if scale.id in one else NO_BAND for one in known]
        wrong |= columns[f"{scale.id}.band"] != np.array(given)[rows]
    return wrong


def _numbers(page: Page, scales: int) -> npt.NDArray[np.float64]:
    """Sheets x scales. Where the page holds what is no number, every sheet of it counts as different."""
    try:
        numbers = msgspec.json.decode(f"[{page.scores}]", type=list[float | None])
        return np.array(numbers, dtype=np.float64).reshape(len(page), scales)
    except ValueError:  # msgspec's own errors are ValueErrors too
        return np.full((len(page), scales), np.inf)


def matrix(raw: bytes, sheets: int, items: int) -> npt.NDArray[np.int8]:
    """Sheets x items from as many binary smallint[] without NULL. Raises ValueError for another length."""
    size = HEAD + CELL * items
    if len(raw) != size * sheets:
        raise ValueError(f"a sheet of {items} items is stored with another number of answers")
    rows = np.frombuffer(raw, dtype=np.uint8).reshape(sheets, size)
    if (rows[:, 12:16].copy().view(">i4") != items).any():
        raise ValueError(f"a sheet of {items} items is stored with another number of answers")
    return np.ascontiguousarray(rows[:, HEAD:].reshape(sheets, items, CELL)[:, :, 5]).view(np.int8)
