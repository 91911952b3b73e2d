"""A school's roster for another system, as a OneRoster 1.2 set. Nothing of anybody's health or talks is in it.

The trail says who took how many pupils with them, in the transaction in which the file is made.
"""

from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School
from qingyan.people.policy import EXPORT_ROSTER
from qingyan.people.queries import roster_export as queries
from qingyan.people.roster.oneroster.writing import package

FORMAT = "oneroster-1.2"


class NothingToExport(Exception):
    """There is no school year, or no class of it has a pupil."""


def export(*, school: School, by: Actor, now: datetime) -> bytes:
    """The ZIP. Raises NotVisible, NothingToExport."""
    require(by, EXPORT_ROSTER)
    if by.school_id != school.id:
        raise NotVisible("school")
    year = organisations.current_year(now)
    pupils = queries.pupil_lines(by, now=now) if year else []
    if year is None or not pupils:
        raise NothingToExport
    content = package(queries.place_of(school, year), queries.class_lines(by, now=now), pupils)
    detail: dict[str, str | int] = {"format": FORMAT, "pupils": len(pupils)}
    record(by=by, action="roster.exported", subject_kind="school", subject_id=school.id, detail=detail, now=now)
    return content
