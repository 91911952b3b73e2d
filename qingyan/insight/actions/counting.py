"""Counts one school into its raw cells: rounds that are over once (again when corrected), the running term every night.

A round that is open has its coverage counted only; nothing is told of how pupils are before it is over.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.insight.actions.scaling import count_moments
from qingyan.insight.contracts import Occasion
from qingyan.insight.models import RawCell
from qingyan.insight.policy import BUILD_CUBE
from qingyan.insight.queries import sources
from qingyan.insight.rules.cells import Counts, Key
from qingyan.insight.rules.topics import COVERAGE, LEVELS

CLASSES_KNOWN = timedelta(days=62)  # later the classes are others: who was invited then can no longer be counted
TERMS_COUNTED = 2  # the running one and the one before, whose last steps may still be done


def count_rounds(*, by: Actor, now: datetime) -> list[Occasion]:
    """Rounds of the actor's school that have news. Returns which were counted. Raises NotVisible."""
    require(by, BUILD_CUBE)
    sheets, coverage = _counted_at(LEVELS.code, by), _counted_at(COVERAGE.code, by)
    counted = []
    for one in sources.rounds(by, now=now):
        last = sheets.get(one.id) or coverage.get(one.id)
        if one.over and last is not None and last >= max(one.newest or last, one.closes_at):
            continue
        cube = sources.coverage(by, one.id) if now < one.closes_at + CLASSES_KNOWN else {}
        if one.over:
            cube |= sources.sheets(by, one.id)
            if one.of_the_city:
                count_moments(round_id=one.id, by=by, now=now)
        counted.append(store(Occasion(round=one.id), cube, by=by, now=now))
    return counted


def count_terms(*, by: Actor, now: datetime) -> list[Occasion]:
    """The running term and the one before, at the actor's school. Raises NotVisible."""
    require(by, BUILD_CUBE)
    terms = sources.terms_begun(now)[:TERMS_COUNTED]
    return [store(Occasion(term=term.id), sources.standing(by, term, now=now), by=by, now=now) for term in terms]


def store(occasion: Occasion, cube: Mapping[str, Counts], *, by: Actor, now: datetime) -> Occasion:
    """Write the counts of an occasion over those that stand there; what is no longer counted becomes 0."""
    rows = RawCell.objects.filter(school_id=by.school_id, round_id=occasion.round, term_id=occasion.term)
    there = {(row.topic, Key(row.part, row.band, row.sex, row.category)): row for row in rows}
    counts = {(topic, key): count for topic, cells in cube.items() for key, count in cells.items()}
    counts |= {name: 0 for name in there if name[0] in cube and name not in counts}
    for name, count in counts.items():
        if name in there:
            there[name].count, there[name].counted_at = count, now
    RawCell.objects.bulk_create(
        RawCell(
            school_id=by.school_id,
            round_id=occasion.round,
            term_id=occasion.term,
            topic=topic,
            **key._asdict(),
            count=count,
            counted_at=now,
        )
        for (topic, key), count in counts.items()
        if (topic, key) not in there
    )
    RawCell.objects.bulk_update(
        [there[name] for name in counts if name in there], ["count", "counted_at"], batch_size=500
    )
    subject = str(occasion.round or occasion.term)
    record(by=by, action="cube.counted", subject_kind="occasion", subject_id=subject, now=now)
    return occasion


def _counted_at(topic: str, by: Actor) -> dict[UUID, datetime]:
    rows = RawCell.objects.filter(school_id=by.school_id, topic=topic, round__isnull=False)
    return dict(rows.order_by("round_id").values_list("round_id").annotate(Max("counted_at")))
