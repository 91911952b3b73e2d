"""Released tables as they stand: the only source of boards, files and the API."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from qingyan.insight.contracts import Occasion
from qingyan.insight.models import ReleasedCell, ReleasedTable
from qingyan.insight.rules.cells import Key, Place
from qingyan.insight.rules.totals import Figure


@dataclass(frozen=True)
class Table:
    """One released table with its figures; `digest` proves what was told."""

    id: UUID
    place: Place
    topic: str
    occasion: Occasion
    number: int
    released_at: datetime
    digest: str
    cells: dict[Key, Figure]


def tables(
    places: Collection[Place], topics: Collection[str], occasions: Collection[Occasion] | None = None
) -> list[Table]:
    """The current tables of these places (of one level) and topics, all cells in one more query."""
    return filled(heads(places, topics, occasions))


def heads(
    places: Collection[Place], topics: Collection[str], occasions: Collection[Occasion] | None = None
) -> list[Table]:
    """The same tables without their cells."""
    levels = {place.level for place in places}
    rows = ReleasedTable.objects.filter(
        current=True, level__in=levels, place__in={place.id for place in places}, topic__in=topics
    )
    if occasions is not None:
        rounds, terms = {one.round for one in occasions if one.round}, {one.term for one in occasions if one.term}
        rows = rows.filter(round_id__in=rounds) | rows.filter(term_id__in=terms)
    return [
        Table(
            id=row.id,
            place=Place(row.level, row.place),
            topic=row.topic,
            occasion=Occasion(row.round_id, row.term_id),
            number=row.number,
            released_at=row.released_at,
            digest=row.digest,
            cells={},
        )
        for row in rows
    ]


def filled(found: Collection[Table]) -> list[Table]:
    """These tables with their cells, in one query."""
    cells = cells_of([one.id for one in found])
    return [replace(one, cells=cells[one.id]) for one in found]


def cells_of(ids: Collection[UUID]) -> dict[UUID, dict[Key, Figure]]:
    """The figures of each table, in the order in which they were told."""
    found: dict[UUID, dict[Key, Figure]] = defaultdict(dict)
    rows = ReleasedCell.objects.filter(table_id__in=ids).order_by("id")
    for table, part, band, sex, category, shown, partial in rows.values_list(
        "table_id", "part", "band", "sex", "category", "shown", "partial"
    ):
        found[table][Key(part, band, sex, category)] = Figure(shown, partial)
    return found
