"""Sums of answers: from the sheets of one school, and of all schools of a district for the job that tells of scales."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import connection

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.insight.policy import BUILD_CUBE
from qingyan.insight.rules.reliability import Moments
from qingyan.insight.rules.scales import Scale, Sums, sums_of
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.screening import api as screening

MOMENTS = """SELECT school_id, instrument, version, sheets, complete, sums, products, missing, lowest, highest
FROM counting.cube_moments(%s, %s)"""
Kind = tuple[str, str]  # instrument and version


@dataclass(frozen=True)
class AtSchool:
    """The sums of one instrument at one school."""

    school: int
    sums: Sums


def here(actor: Actor, round_id: UUID) -> Iterator[tuple[Kind, Sums]]:
    """Of each instrument of a round at the actor's school; nothing for one with too few sheets."""
    for code, version, answers in screening.answer_matrices(actor, round_id):
        plan = instruments.plan(code, version)
        options = [[one.value for one in plan.instrument.options_of(item)] for item in plan.items]
        found = sums_of(answers, plan.turned_items(), [(min(one), max(one)) for one in options])
        if found is not None:
            yield (code, version), found


def everywhere(actor: Actor, schools: list[int], round_id: UUID) -> dict[Kind, list[AtSchool]]:
    """What these schools keep of a round. Raises NotVisible."""
    require(actor, BUILD_CUBE)
    found: dict[Kind, list[AtSchool]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(MOMENTS, [schools, round_id])
        for school, code, version, sheets, complete, sums, products, *counts in cursor.fetchall():
            moments = Moments(complete, np.array(sums), np.array(products).reshape(len(sums), len(sums)))
            found[code, version].append(AtSchool(school, Sums(sheets, moments, *(np.array(one) for one in counts))))
    return found


def scales_of(kind: Kind) -> list[Scale]:
    """The scales of an instrument that are made of items; none where it is no longer in the library."""
    try:
        plan = instruments.plan(*kind)
    except InstrumentNotReleased:
        return []
    places = {item.id: place for place, item in enumerate(plan.items)}
    found: dict[tuple[int, ...], Scale] = {}
    for scale in plan.instrument.scales:
        items = tuple(places[one] for one in scale.items)
        found.setdefault(items, Scale(scale.id, items))
    return [one for one in found.values() if one.items]
