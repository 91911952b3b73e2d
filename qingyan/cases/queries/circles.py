"""Mandatory reports as their circle reads them, and who may be named into it."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.cases.models import Case, MandatoryRecord, MandatoryResult
from qingyan.cases.policy import READ_MANDATORY
from qingyan.cases.queries.packs import content, law
from qingyan.cases.rules.circle import Circle
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.roles import Role
from qingyan.people import api as people

CIRCLE = "mandatory_circle/1.0"


@dataclass(frozen=True)
class Mandatory:
    """One report in words, with its results and the names of its circle."""

    row: MandatoryRecord
    situations: list[str]
    facts: str
    authority: str
    receipt: str
    readers: list[str]
    results: list[MandatoryResult]


@cache
def circle() -> Circle:
    """Who may be named. Raises as packs.pack does."""
    return Circle.model_validate_json(content(CIRCLE))


def eligible(actor: Actor, now: datetime) -> dict[UUID, str]:
    """Colleagues of today who may be named beside the writer."""
    roles = [Role(one) for one in circle().roles]
    return {key: name for key, name in people.colleagues(actor, timezone.localdate(now), *roles) if key != actor.id}


def mandatory_of(actor: Actor, case: Case) -> list[Mandatory]:
    """The reports of the case whose circle the actor is in; the database shows no other. Opening was recorded."""
    rows = MandatoryRecord.objects.filter(case_id=case.id, readers__contains=[actor.id]).select_related("by")
    found = list(rows.order_by("-recorded_at"))
    names = people.staff_names({one for row in found for one in row.readers})
    results = (
        MandatoryResult.objects.filter(record_id__in=[row.id for row in found]).select_related("by").order_by("at")
    )
    later = list(results)
    return [_mandatory(row, names, [one for one in later if one.record_id == row.id]) for row in found]


def _mandatory(row: MandatoryRecord, names: dict[UUID, str], results: list[MandatoryResult]) -> Mandatory:
    said = json.loads(row.content or "{}")
    words = {one.code: one.text for one in law().situations}
    return Mandatory(
        row=row,
        situations=[_(words[one]) for one in said["situations"]],
        facts=said["facts"],
        authority=said["authority"],
        receipt=said["receipt"],
        readers=[names.get(one, "—") for one in row.readers],
        results=results,
    )


def own_record(actor: Actor, record_id: UUID) -> MandatoryRecord:
    """The report, for somebody of its circle. Raises NotVisible."""
    rows = MandatoryRecord.objects.select_related("case").filter(school_id=actor.school_id, id=record_id)
    row = rows.filter(readers__contains=[actor.id]).first() if actor.id else None
    if row is None:
        raise NotVisible(READ_MANDATORY.code)
    return row
