"""Released tables as they stand: the only source of boards, files and the API."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
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
    levels = {place.level for place in places}
    heads = ReleasedTable.objects.filter(
        current=True, level__in=levels, place__in={place.id for place in places}, topic__in=topics
    )
    if occasions is not None:
        rounds, terms = {one.round for one in occasions if one.round}, {one.term for one in occasions if one.term}
        heads = heads.filter(round_id__in=rounds) | heads.filter(term_id__in=terms)
    found = list(heads)
    cells = cells_of([head.id for head in found])
    return [
        Table(
            id=head.id,
            place=Place(head.level, head.place),
            topic=head.topic,
            occasion=Occasion(head.round_id, head.term_id),
            number=head.number,
            released_at=head.released_at,
            digest=head.digest,
            cells=cells[head.id],
        )
        for head in found
    ]


def cells_of(ids: Collection[UUID]) -> dict[UUID, dict[Key, Figure]]:
    """The figures of each table, in the order in which they were told."""
    found: dict[UUID, dict[Key, Figure]] = defaultdict(dict)
    rows = ReleasedCell.objects.filter(table_id__in=ids).order_by("id")
    for table, part, band, sex, category, shown, partial in rows.values_list(
        "table_id", "part", "band", "sex", "category", "shown", "partial"
    ):
        found[table][Key(part, band, sex, category)] = Figure(shown, partial)
    return found
