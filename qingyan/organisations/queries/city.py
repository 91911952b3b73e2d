"""The city at a glance: every school with its room and its psychology teachers, and the figures above them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qingyan.foundation.access.actor import Actor
from qingyan.organisations.contracts import Staffing
from qingyan.organisations.models import School
from qingyan.organisations.queries.places import schools_for
from qingyan.organisations.queries.registered import staffing

NOBODY = Staffing()


@dataclass(frozen=True)
class SchoolRow:
    """One line of the table of schools."""

    school: School
    staff: Staffing

    @property
    def complies(self) -> bool:
        """Whether the school has a psychology teacher with title or certificate."""
        return self.staff.complies


@dataclass(frozen=True)
class SchoolFilter:
    """Which lines to keep; empty means all. `lacking` keeps the schools without a qualified teacher."""

    name: str = ""
    district: str = ""
    kind: str = ""
    lacking: bool = False

    def keeps(self, row: SchoolRow) -> bool:
        """Whether this line is wanted."""
        school = row.school
        return (
            (not self.name or self.name in school.name or self.name in school.short_name)
            and (not self.district or school.district.slug == self.district)
            and (not self.kind or school.kind == self.kind)
            and not (self.lacking and row.complies)
        )


@dataclass(frozen=True)
class CityFigures:
    """The figures above the table, counted from its unfiltered lines."""

    districts: int
    schools: int
    with_room: int
    teachers: int
    full_time: int
    part_time: int
    complying: int


SORTS: Mapping[str, Callable[[SchoolRow], Any]] = {
    "name": lambda row: row.school.name,
    "district": lambda row: (row.school.district_id, row.school.id),
    "kind": lambda row: row.school.get_kind_display(),
    "teachers": lambda row: row.staff.teachers,
    "qualified": lambda row: row.staff.qualified,
}


def school_rows(actor: Actor) -> list[SchoolRow]:
    """All schools that this actor oversees, with their psychology teachers."""
    teachers = staffing()
    return [SchoolRow(school, teachers.get(school.id, NOBODY)) for school in schools_for(actor)]


def figures(rows: Iterable[SchoolRow]) -> CityFigures:
    """The figures of these lines."""
    lines = list(rows)
    return CityFigures(
        districts=len({row.school.district_id for row in lines}),
        schools=len(lines),
        with_room=sum(bool(row.school.counselling_room) for row in lines),
        teachers=sum(row.staff.teachers for row in lines),
        full_time=sum(row.staff.full_time for row in lines),
        part_time=sum(row.staff.part_time for row in lines),
        complying=sum(row.complies for row in lines),
    )
