"""How many files there are by state: a school in its own scope, city and district over the bureau; no name is read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db import connection, connections

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Role
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School
from qingyan.people.policy import COUNT_ALL_FILES
from qingyan.people.rules.hiding import hidden_places

HERE = "SELECT school_id, state, files FROM counting.files_by_state_here()"
EVERYWHERE = "SELECT school_id, state, files FROM counting.files_by_state()"


@dataclass(frozen=True)
class FileCounts:
    """Files by state. `waiting_*` are open transfers of files that are counted in a state already."""

    enrolled: int = 0
    on_leave: int = 0
    left: int = 0
    graduated: int = 0
    merged: int = 0
    waiting_in: int = 0
    waiting_out: int = 0

    @property
    def total(self) -> int:
        """All files, each once."""
        return self.enrolled + self.on_leave + self.left + self.graduated + self.merged

    @property
    def at_school(self) -> int:
        """Pupils of the school now: present or on leave."""
        return self.enrolled + self.on_leave


@dataclass(frozen=True)
class PlaceLine:
    """A school or district with its counts; where `hidden`, neither who is on leave nor who is present is shown."""

    name: str
    counts: FileCounts
    hidden: bool = False


def counts_here() -> FileCounts:
    """Of the school whose scope is entered; empty for who may not see pupils."""
    with connection.cursor() as cursor:
        cursor.execute(HERE)
        return _counts((state, files) for _, state, files in cursor.fetchall())


def counts_everywhere(actor: Actor) -> tuple[FileCounts, list[PlaceLine], list[PlaceLine]]:
    """The whole, its districts, its schools: of the city for its officer, of the own district for its lead.

    A lead's whole is below the city, too: its single line is in the second list, hidden where it must be.
    """
    require(actor, COUNT_ALL_FILES)
    schools = _overseen(actor)
    found = _by_school()
    per_school = {school.id: found.get(school.id, FileCounts()) for school in schools}
    districts: dict[int, list[School]] = defaultdict(list)
    for school in schools:
        districts[school.district_id].append(school)
    sums = {key: _sum(per_school[school.id] for school in mine) for key, mine in districts.items()}
    hidden = hidden_places({key: one.on_leave for key, one in sums.items()})
    shut = frozenset[int]().union(
        *(
            {one.id for one in mine}  # else their sum would tell what the district's line hides
            if key in hidden
            else hidden_places({one.id: per_school[one.id].on_leave for one in mine})
            for key, mine in districts.items()
        )
    )
    district_lines = [PlaceLine(mine[0].district.name, sums[key], key in hidden) for key, mine in districts.items()]
    school_lines = [PlaceLine(school.name, per_school[school.id], school.id in shut) for school in schools]
    return _sum(per_school.values()), district_lines, school_lines


def sees_whole_city(actor: Actor) -> bool:
    """Whether the actor's whole is the city, which shows every number."""
    return Role.CITY_OFFICER in actor.roles


def _overseen(actor: Actor) -> list[School]:
    schools = organisations.all_schools()
    if sees_whole_city(actor):
        return schools
    mine = {post.district_id for post in actor.posts if post.role is Role.DISTRICT_LEAD}
    return [school for school in schools if school.district_id in mine]


def _by_school() -> dict[int, FileCounts]:
    with connections["bureau"].cursor() as cursor:
        cursor.execute(EVERYWHERE)
        rows = cursor.fetchall()
    lines: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for school_id, state, files in rows:
        lines[school_id].append((state, files))
    return {school_id: _counts(found) for school_id, found in lines.items()}


def _counts(found: Iterable[tuple[str, int]]) -> FileCounts:
    return FileCounts(**dict(found))


def _sum(counts: Iterable[FileCounts]) -> FileCounts:
    lines = list(counts)
    return FileCounts(**{one.name: sum(getattr(line, one.name) for line in lines) for one in fields(FileCounts)})
