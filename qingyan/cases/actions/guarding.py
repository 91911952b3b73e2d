"""Two files of one pupil are not merged while both have an open case: one case a pupil, no crisis is left behind.

The register learns only that something must be settled first; whoever carries the cases gets a to-do that says what.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from qingyan.cases.actions.moving import refresh
from qingyan.cases.actions.todos import ensure_at
from qingyan.cases.contracts import SAME_PUPIL
from qingyan.cases.models import Case
from qingyan.cases.workflow import OPEN_STATES
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Role, Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

WITHIN = timedelta(days=3)


def hold_merge(survivor: UUID, other: UUID, by: Actor, now: datetime) -> bool:
    """Whether the two files may be merged as far as cases know; if not, who carries them is told. Called by people."""
    lent = system_actor(school_id=by.school_id, sight=frozenset({Sight.CASES}), purpose="hold a merge of two files")
    with entered(lent):
        rows = Case.objects.select_for_update(of=("self",)).filter(student_id__in=[survivor, other])
        cases = list(rows.filter(state__in=OPEN_STATES).order_by("id"))
        if len(cases) < 2:
            return True
        for case, twin in (cases, reversed(cases)):
            _ask(case, twin, by=lent, now=now)
    return False


def _ask(case: Case, twin: Case, *, by: Actor, now: datetime) -> None:
    ensure_at(case=case, kind=SAME_PUPIL, key=twin.code, due_at=now + WITHIN, now=now)
    refresh(case)
    case.save(update_fields=["next_due_at"])
    subject = {"subject_kind": "case", "subject_id": case.id, "student_id": case.student_id}
    record(by=by, action="case.merge_held", now=now, detail={"twin": twin.code}, **subject)
    (school,) = organisations.schools_by_id([case.school_id])
    path = reverse("cases:case", kwargs={"slug": school.slug, "case_id": case.id})
    there = [case.owner_id] if case.owner_id else _counsellors(by, now)
    key = f"merge-held:{case.id}:{now:%Y%m%d}"
    notifications.notify(to=there, kind="attention", path=path, by=by, now=now, key=key)


def _counsellors(by: Actor, now: datetime) -> list[UUID]:
    return [key for key, _name in people.colleagues(by, timezone.localdate(now), Role.COUNSELLOR)]
