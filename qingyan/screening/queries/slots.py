"""Reads about slots: the pupil's own gate, and a school's list for staff."""

from collections import defaultdict
from uuid import UUID

from django.db.models import QuerySet

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


def slots_at_school(school_id: int, campaign: Campaign) -> "QuerySet[Slot]":
    """The slots of one school in one round, by time."""
    return Slot.objects.filter(school_id=school_id, campaign=campaign)
