"""The overview: filters, figures and sorts on plain lines."""

from qingyan.organisations.contracts import Staffing
from qingyan.organisations.models import District, School
from qingyan.organisations.queries.city import SORTS, SchoolFilter, SchoolRow, figures

EAST, WEST = District(id=1, name="东", slug="east"), District(id=2, name="西", slug="west")
ROWS = [
    SchoolRow(
        School(id=1, name="云州一中", short_name="一中", kind="senior", district=EAST, counselling_room="101"),
        Staffing(1, 1, 1),
    ),
    SchoolRow(School(id=2, name="云州二小", short_name="二小", kind="primary", district=WEST), Staffing(0, 1, 0)),
    SchoolRow(School(id=3, name="云州三幼", short_name="三幼", kind="kindergarten", district=WEST), Staffing()),
]


def kept(**wanted) -> list[int]:
    return [row.school.id for row in ROWS if SchoolFilter(**wanted).keeps(row)]


def test_filters_keep_what_is_asked_for():
    assert kept() == [1, 2, 3]
    assert kept(name="二") == [2]
    assert kept(district="west") == [2, 3]
    assert kept(kind="senior") == [1]
    assert kept(lacking=True) == [2, 3]
    assert kept(district="west", kind="senior") == []


def test_figures_are_counted_from_the_lines():
    found = figures(ROWS)
    assert (found.districts, found.schools, found.with_room) == (2, 3, 1)
    assert (found.teachers, found.full_time, found.part_time, found.complying) == (3, 1, 2, 1)


def test_every_column_that_sorts_sorts():
    for key in SORTS:
        assert len(sorted(ROWS, key=SORTS[key])) == 3
    assert [row.school.id for row in sorted(ROWS, key=SORTS["teachers"])] == [3, 2, 1]
