"""Exact counts of all schools of a district, for the job that builds releases and for nobody else.

The counting function answers only to the platform with the sight "cube" (migration 0001); no post has that sight.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.insight.contracts import Occasion
from qingyan.insight.policy import BUILD_CUBE
from qingyan.insight.rules.cells import Key

CELLS = """SELECT school_id, topic, part, band, sex, category, count, told, told_above
FROM counting.cube_cells(%s, %s, %s)"""
OCCASIONS = "SELECT round_id, term_id FROM counting.cube_occasions(%s)"


@dataclass
class Exact:
    """By school and topic: the counts now, those behind what was told of the school, and of its district."""

    now: dict[int, dict[str, dict[Key, int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    told: dict[int, dict[str, dict[Key, int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    above: dict[str, dict[Key, int]] = field(default_factory=lambda: defaultdict(dict))

    def sum(self, topic: str, key: Key) -> int:
        """The count of all schools together."""
        return sum(cube.get(topic, {}).get(key, 0) for cube in self.now.values())


def exact(actor: Actor, schools: list[int], occasion: Occasion) -> Exact:
    """Every cell of these schools on the occasion. Raises NotVisible."""
    require(actor, BUILD_CUBE)
    found = Exact()
    with connection.cursor() as cursor:
        cursor.execute(CELLS, [schools, occasion.round, occasion.term])
        for school, topic, part, band, sex, category, count, told, above in cursor.fetchall():
            key = Key(part, band, sex, category)
            found.now[school][topic][key] = count
            if told is not None:
                found.told[school][topic][key] = told
            if above is not None:
                found.above[topic][key] = found.above[topic].get(key, 0) + above
    return found


def occasions(actor: Actor, schools: list[int]) -> list[Occasion]:
    """Occasions with a count that is not the one behind what was told. Raises NotVisible."""
    require(actor, BUILD_CUBE)
    with connection.cursor() as cursor:
        cursor.execute(OCCASIONS, [schools])
        return [Occasion(round_id, term_id) for round_id, term_id in cursor.fetchall()]
