"""Tells what may be told: the schools of one district and the district together, then the city from its districts.

Exact counts are read by the platform with the sight "cube"; what is written is rounded, and the database refuses the
rest. A table that says the same as before is not told anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import F, Max

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.insight.contracts import Occasion
from qingyan.insight.models import RawCell, ReleasedCell, ReleasedTable
from qingyan.insight.policy import BUILD_CUBE
from qingyan.insight.queries.exact import Exact, exact
from qingyan.insight.queries.tables import tables
from qingyan.insight.rules.cells import CITY, DISTRICT, SCHOOL, Key, Place
from qingyan.insight.rules.release import Told, released
from qingyan.insight.rules.topics import TOPICS
from qingyan.insight.rules.totals import Figure, figures, total

Name = tuple[str, Key]  # topic and cell


@dataclass(frozen=True)
class Kept:
    """Cells that keep an older figure, so that the count behind them is not the present one."""

    schools: Mapping[int, frozenset[Name]]
    above: frozenset[Name]


def release(*, schools: list[int], district: int | None, occasion: Occasion, by: Actor, now: datetime) -> Kept:
    """Tell of these schools and of their district (None: it is a school's own round).

    remember() must follow in each school's own scope and in the same transaction. Raises NotVisible.
    """
    require(by, BUILD_CUBE)
    found = exact(by, schools, occasion)
    made = released(found.now, district=district, told=_told(found, schools, district, occasion))
    for (place, topic), shown in made.shown.items():
        _write(place, topic, occasion, figures(shown), by=by, now=now)
    kept: dict[int, set[Name]] = {}
    above: set[Name] = set()
    for (place, topic), behind in made.behind.items():
        if place.level == DISTRICT:
            above |= {(topic, key) for key, count in behind.items() if count != found.sum(topic, key)}
        else:
            present = found.now[place.id][topic]
            kept[place.id] = kept.get(place.id, set()) | {
                (topic, key) for key, count in behind.items() if count != present[key]
            }
    return Kept({school: frozenset(names) for school, names in kept.items()}, frozenset(above))


def release_city(*, city: int, districts: list[int], occasion: Occasion, by: Actor, now: datetime) -> None:
    """Tell of the city: the sum of what is told of its districts. Raises NotVisible."""
    require(by, BUILD_CUBE)
    parts: dict[str, dict[Key, list[Figure]]] = {}
    for table in tables([Place(DISTRICT, one) for one in districts], TOPICS, [occasion]):
        for key, figure in table.cells.items():
            parts.setdefault(table.topic, {}).setdefault(key, []).append(figure)
    for topic, cells in parts.items():
        joined = {key: total(told) for key, told in cells.items()}
        _write(Place(CITY, city), topic, occasion, joined, by=by, now=now)


def remember(*, occasion: Occasion, kept: Kept, by: Actor) -> None:
    """Keep, in the school's own scope, which counts stand behind what was told. Raises NotVisible."""
    require(by, BUILD_CUBE)
    rows = RawCell.objects.filter(school_id=by.school_id, round_id=occasion.round, term_id=occasion.term)
    for column, names in (("told", kept.schools.get(by.school_id or 0, frozenset())), ("told_above", kept.above)):
        rows.exclude(id__in=_named(rows, names)).update(**{column: F("count")})


def _named(rows, names: frozenset[Name]) -> list[int]:
    fields = ("id", "topic", "part", "band", "sex", "category")
    if not names:
        return []
    return [one for one, topic, *key in rows.values_list(*fields) if (topic, Key(*key)) in names]


def _told(found: Exact, schools: list[int], district: int | None, occasion: Occasion) -> dict[tuple[Place, str], Told]:
    """What stands told of these places, with the counts behind it."""
    places = [Place(SCHOOL, school) for school in schools]
    here = tables(places, TOPICS, [occasion])
    if district is not None:
        here += tables([Place(DISTRICT, district)], TOPICS, [occasion])
    return {
        (table.place, table.topic): Told(
            {key: figure.value for key, figure in table.cells.items()},
            found.above[table.topic] if table.place.level == DISTRICT else found.told[table.place.id][table.topic],
        )
        for table in here
    }


def _write(
    place: Place, topic: str, occasion: Occasion, cells: Mapping[Key, Figure], *, by: Actor, now: datetime
) -> None:
    """A new table, unless the present one says exactly this."""
    same = ReleasedTable.objects.filter(
        level=place.level, place=place.id, topic=topic, round_id=occasion.round, term_id=occasion.term
    )
    digest = digest_of(cells)
    if same.filter(current=True, digest=digest).exists():
        return
    number = (same.aggregate(Max("number"))["number__max"] or 0) + 1
    same.filter(current=True).update(current=False)
    table = ReleasedTable.objects.create(
        level=place.level,
        place=place.id,
        topic=topic,
        round_id=occasion.round,
        term_id=occasion.term,
        number=number,
        released_at=now,
        digest=digest,
    )
    ReleasedCell.objects.bulk_create(
        (
            ReleasedCell(table=table, **key._asdict(), shown=figure.value, partial=figure.partial)
            for key, figure in cells.items()
        ),
        batch_size=2000,
    )
    record(by=by, action="table.released", subject_kind="released_table", subject_id=table.id, now=now)


def digest_of(cells: Mapping[Key, Figure]) -> str:
    """SHA-256 over the figures in a fixed order: equal exactly when the same was told."""
    lines = [[*key, cells[key].value, cells[key].partial] for key in sorted(cells)]
    return sha256(json.dumps(lines, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
