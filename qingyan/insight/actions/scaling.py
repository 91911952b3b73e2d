"""Keeps the sums of a round at a school, and tells of scales: of each district, then of the city."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Max

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.insight.models import RawMoments, ReleasedScale
from qingyan.insight.policy import BUILD_CUBE
from qingyan.insight.queries.moments import Kind, everywhere, here, scales_of
from qingyan.insight.rules.cells import CITY, DISTRICT, Place
from qingyan.insight.rules.scales import ToldScale, above, stays, told_scales


@dataclass(frozen=True)
class Which:
    """Whose scales, in which round, of which instrument."""

    place: Place
    round: UUID
    kind: Kind


def count_moments(*, round_id: UUID, by: Actor, now: datetime) -> int:
    """The sums of a round at the actor's school, in place of older ones. Returns of how many instruments.

    Raises NotVisible.
    """
    require(by, BUILD_CUBE)
    rows = [
        RawMoments(
            school_id=by.school_id,
            round_id=round_id,
            instrument=code,
            version=version,
            sheets=sums.sheets,
            complete=sums.moments.n,
            sums=sums.moments.sums.tolist(),
            products=sums.moments.products.ravel().tolist(),
            missing=sums.missing.tolist(),
            lowest=sums.lowest.tolist(),
            highest=sums.highest.tolist(),
            counted_at=now,
        )
        for (code, version), sums in here(by, round_id)
    ]
    RawMoments.objects.filter(school_id=by.school_id, round_id=round_id).delete()
    RawMoments.objects.bulk_create(rows)
    record(by=by, action="cube.moments_counted", subject_kind="occasion", subject_id=str(round_id), now=now)
    return len(rows)


def release_scales(*, district: int, schools: list[int], round_id: UUID, by: Actor, now: datetime) -> None:
    """Tell of the scales of one district. Raises NotVisible."""
    require(by, BUILD_CUBE)
    for kind, found in everywhere(by, schools, round_id).items():
        for position, one in _placed(kind, told_scales([each.sums for each in found], scales_of(kind))):
            _write(Which(Place(DISTRICT, district), round_id, kind), position, one, by=by, now=now)


def release_city_scales(
    *, city: int, districts: dict[int, list[int]], round_id: UUID, by: Actor, now: datetime
) -> None:
    """Tell of the scales of the city; its counts are sums of what its districts tell. Raises NotVisible."""
    require(by, BUILD_CUBE)
    every = [school for schools in districts.values() for school in schools]
    below = _below(list(districts), round_id)
    for kind, found in everywhere(by, every, round_id).items():
        there = {each.school for each in found}
        parts = [one for one, schools in districts.items() if there & set(schools)]
        for position, whole in _placed(kind, told_scales([each.sums for each in found], scales_of(kind))):
            one = above(whole, [below.get((part, *kind, whole.scale)) for part in parts])
            _write(Which(Place(CITY, city), round_id, kind), position, one, by=by, now=now)


def _below(districts: Sequence[int], round_id: UUID) -> dict[tuple[int, str, str, str], ToldScale]:
    rows = ReleasedScale.objects.filter(current=True, level=DISTRICT, place__in=districts, round_id=round_id)
    return {
        (row.place, row.instrument, row.version, row.scale): ToldScale(row.scale, row.sheets, row.told) for row in rows
    }


def _placed(kind: Kind, told: list[ToldScale]) -> list[tuple[int, ToldScale]]:
    order = {scale.id: position for position, scale in enumerate(scales_of(kind))}
    return [(order[one.scale], one) for one in told]


def _write(where: Which, position: int, one: ToldScale, *, by: Actor, now: datetime) -> None:
    """A new row, unless the present one says this, or stands on nearly as many sheets."""
    named = {
        "level": where.place.level,
        "place": where.place.id,
        "round_id": where.round,
        "instrument": where.kind[0],
        "version": where.kind[1],
        "scale": one.scale,
    }
    same = ReleasedScale.objects.filter(**named)
    digest, before = digest_of(one), same.filter(current=True).first()
    if before is not None and (before.digest == digest or stays(before.sheets, one.sheets)):
        return
    number = (same.aggregate(Max("number"))["number__max"] or 0) + 1
    same.filter(current=True).update(current=False)
    row = ReleasedScale.objects.create(
        **named, position=position, sheets=one.sheets, told=one.told, number=number, released_at=now, digest=digest
    )
    record(by=by, action="scale.released", subject_kind="released_scale", subject_id=row.id, now=now)


def digest_of(one: ToldScale) -> str:
    """SHA-256 over what is told: equal exactly when the same was told."""
    said: list[Any] = [one.scale, one.sheets, one.told]
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
