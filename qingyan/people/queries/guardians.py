"""Guardians of one pupil, for a domain that must call them or, with their consent, pass the number on."""

from dataclasses import dataclass, field
from uuid import UUID

from qingyan.foundation.access.actor import Actor
from qingyan.people.models import Guardian


@dataclass(frozen=True)
class GuardianContact:
    """As the register names them; hidden from repr, since a log must never show it."""

    name: str = field(repr=False)
    relation: str
    phone: str = field(repr=False)


def guardians_of(actor: Actor, student_id: UUID) -> list[GuardianContact]:
    """The guardians in the order of the register; none for a scope that has no sight of contacts."""
    rows = Guardian.objects.filter(school_id=actor.school_id, student_id=student_id).order_by("position")
    return [GuardianContact(row.name or "", row.relation, row.phone or "") for row in rows]
