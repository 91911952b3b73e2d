"""Who stands behind a thread that names nobody: for checking words, telling the school, and the glass. Never shown.

The officers' own scope shows neither the case nor the pupil; the sight is lent here for one row.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from qingyan.cases.models import Case, CrisisThread
from qingyan.cases.rules.crisis import named
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations
from qingyan.people import api as people


@dataclass(frozen=True)
class Behind:
    """The case's pupil and owner; which staff of the school are told; where the school reads the thread."""

    student: UUID
    name: str
    owner: UUID | None
    staff: frozenset[UUID]
    path: str


def behind(thread: CrisisThread) -> Behind:
    """The school's side of the thread."""
    lent = lent_at(thread.school_id, frozenset({Sight.IDENTITY, Sight.CASE_LEADER}), "tell the school of its thread")
    with entered(lent):
        case = Case.objects.only("id", "student_id", "owner_id", "school_id").get(id=thread.case_id)
        pupil = people.pupil(lent, case.student_id)
    leaders = people.holders(Role.PRINCIPAL, school_id=case.school_id, today=timezone.localdate())
    (school,) = organisations.schools_by_id([case.school_id])
    staff = frozenset({*leaders, *([case.owner_id] if case.owner_id else [])})
    path = f"/s/{school.slug}/cases/{case.id}/thread/"
    return Behind(case.student_id, pupil.name if pupil else "", case.owner_id, staff, path)


def names_somebody(thread: CrisisThread, texts: list[str]) -> bool:
    """Whether the words name the pupil of the thread."""
    return named(texts, [behind(thread).name])


def lent_at(school_id: int, sight: frozenset[Sight], purpose: str) -> Actor:
    """The platform at this school with exactly this sight."""
    return system_actor(school_id=school_id, sight=sight, purpose=purpose)
