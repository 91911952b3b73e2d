"""The board of one place: which exhibits it has, made from the current tables. Permission comes first."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, allowed, require
from qingyan.insight.policy import READ_CITY_BOARD, READ_DISTRICT_BOARD, READ_SCHOOL_BOARD, districts_of
from qingyan.insight.queries import exhibits as made
from qingyan.insight.queries.exhibits import Labelled, by_time
from qingyan.insight.queries.names import named
from qingyan.insight.queries.tables import Table, filled, heads, tables
from qingyan.insight.rules.cells import CITY, DISTRICT, SCHOOL, Place
from qingyan.insight.rules.exhibits import Exhibit
from qingyan.insight.rules.topics import ALERTS, COVERAGE, FACTORS, LEVELS, TIMELINESS, TOPICS, VALIDITY, WORKLOAD
from qingyan.organisations import api as organisations
from qingyan.organisations.api import City, District, School

ALL_BUT_FACTORS = [topic for topic in TOPICS if topic != FACTORS.code]
OVER_TIME = (COVERAGE.code, LEVELS.code)
Told = dict[str, list[Labelled]]


@dataclass(frozen=True)
class Board:
    """What a place is told; `told_at` is the newest release in it, `term` the one that its work is told of."""

    place: Place
    name: str
    exhibits: tuple[Exhibit, ...]
    told_at: datetime | None
    term: str

    def exhibit(self, code: str) -> Exhibit | None:
        """One of them by its code."""
        return next((one for one in self.exhibits if one.code == code), None)


def school_board(actor: Actor, school: School) -> Board:
    """The actor's own school. Raises NotVisible."""
    require(actor, READ_SCHOOL_BOARD)
    if school.id != actor.school_id:
        raise NotVisible(READ_SCHOOL_BOARD.code)
    return _board(Place(SCHOOL, school.id), school.name, _teachers({school.id}), {})


def district_board(actor: Actor, district: District) -> Board:
    """A district, with coverage and timeliness of its schools. Raises NotVisible."""
    require(actor, READ_DISTRICT_BOARD, district)
    schools = [one for one in organisations.all_schools() if one.district_id == district.id]
    below = {Place(SCHOOL, one.id): one.short_name for one in schools}
    return _board(Place(DISTRICT, district.id), district.name, _teachers({one.id for one in schools}), below)


def city_board(actor: Actor, city: City) -> Board:
    """The city, with coverage and timeliness of its districts. Raises NotVisible."""
    require(actor, READ_CITY_BOARD, city)
    below = {Place(DISTRICT, one.id): one.name for one in organisations.districts()}
    return _board(Place(CITY, city.id), city.name, _teachers(None), below)


def districts_for(actor: Actor) -> list[District]:
    """The districts whose board the actor may read."""
    every = organisations.districts()
    return every if allowed(actor, READ_CITY_BOARD) else [one for one in every if one.id in districts_of(actor)]


def _board(place: Place, name: str, counsellors: int, below: dict[Place, str]) -> Board:
    there = heads([place], ALL_BUT_FACTORS)
    on = _newest(there)
    shown = [*_covered(on, below), *_in_time(on, below), *_levels(on, place)]
    shown += [made.alerts(one) for one in on[ALERTS.code][-1:]]
    shown += [made.workload(one, counsellors) for one in on[WORKLOAD.code][-1:]]
    shown += [made.validity(one) for one in on[VALIDITY.code][-1:]]
    told_at = max((one.released_at for one in there), default=None)
    return Board(place, name, tuple(shown), told_at, next((one.label for one in on[WORKLOAD.code][-1:]), ""))


def _newest(there: list[Table]) -> Told:
    """By topic the newest few, with cells: those that a board shows and no others, however many rounds there are."""
    names = named(one.occasion for one in there)
    on = {topic: by_time([one for one in there if one.topic == topic], names) for topic in ALL_BUT_FACTORS}
    kept = {topic: told if topic in OVER_TIME else told[-1:] for topic, told in on.items()}
    cells = {one.id: one for one in filled([one.table for told in kept.values() for one in told])}
    return {topic: [replace(one, table=cells[one.table.id]) for one in told] for topic, told in kept.items()}


def _covered(on: Told, below: dict[Place, str]) -> list[Exhibit]:
    told = on[COVERAGE.code]
    shown = [made.coverage(told, code="coverage", title=_("测评覆盖"), head=_("测评"))] if told else []
    for newest in told[-1:]:
        places = _below(newest.table, below)
        title = _("各处的测评覆盖") + f" · {newest.label}"
        shown += [made.coverage(places, code="coverage-places", title=title, head=_("地方"))] if places else []
    return shown


def _in_time(on: Told, below: dict[Place, str]) -> list[Exhibit]:
    shown = []
    for newest in on[TIMELINESS.code][-1:]:
        places = _below(newest.table, below)
        shown.append(made.steps_in_time(newest))
        shown += [made.places_in_time(places, newest.label)] if places else []
    return shown


def _levels(on: Told, place: Place) -> list[Exhibit]:
    told = on[LEVELS.code]
    if not told:
        return []
    newest = told[-1]
    scales = tables([place], [FACTORS.code], [newest.table.occasion])
    return [
        made.levels_over_time(told),
        made.levels_by_group(newest),
        *(one for table in scales for one in made.factors(Labelled(newest.label, table))),
    ]


def _below(newest: Table, below: dict[Place, str]) -> list[Labelled]:
    """The same table of the places below, in the order of the register and never by figure."""
    if not below:
        return []
    found = {one.place: one for one in tables(list(below), [newest.topic], [newest.occasion])}
    return [Labelled(name, found[place]) for place, name in below.items() if place in found]


def _teachers(schools: Collection[int] | None) -> int:
    return sum(one.teachers for school, one in organisations.staffing().items() if schools is None or school in schools)
