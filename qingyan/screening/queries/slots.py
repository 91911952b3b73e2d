"""Reads about slots: the pupil's own gate, and a school's list for staff."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.organisations.api import SchoolClass
from qingyan.screening.models import Campaign, Slot
from qingyan.screening.rules.slots import Span

Spans = dict[UUID, list[Span]]


def spans_of(school_id: int | None, campaigns: "QuerySet[Campaign]") -> Spans:
    """The school's slots in these rounds, as the rule sees them, by round. One query."""
    found: Spans = defaultdict(list)
    for one in Slot.objects.filter(school_id=school_id, campaign__in=campaigns):
        span = Span(one.starts_at, one.ends_at, one.kind == Slot.REGULAR, frozenset(one.classes))
        found[one.campaign_id].append(span)
    return found


def slots_at_school(school_id: int | None, campaign: Campaign) -> "QuerySet[Slot]":
    """The slots of one school in one round, by time."""
    return Slot.objects.filter(school_id=school_id, campaign=campaign)


@dataclass(frozen=True)
class SlotLine:
    """A slot with its classes in words."""

    slot: Slot
    classes: tuple[SchoolClass, ...]


def slot_lines(actor: Actor, campaign: Campaign) -> list[SlotLine]:
    """The slots of the actor's school with their classes. Two queries."""
    slots = list(slots_at_school(actor.school_id, campaign))
    wanted = {one for slot in slots for one in slot.classes}
    known = SchoolClass.objects.filter(school_id=actor.school_id).in_bulk(wanted)
    return [SlotLine(slot, tuple(known[one] for one in slot.classes if one in known)) for slot in slots]


def slot_here(actor: Actor, campaign: Campaign, slot_id: UUID) -> Slot | None:
    """One slot of the actor's school, or None."""
    return slots_at_school(actor.school_id, campaign).select_related("campaign").filter(id=slot_id).first()
