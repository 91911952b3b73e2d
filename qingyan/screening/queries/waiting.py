"""When a pupil who finds nothing to do yet may begin: the next slot of the own class."""

from datetime import datetime

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.organisations.api import School, SchoolClass
from qingyan.screening.models import Campaign, CampaignInstrument, Sitting
from qingyan.screening.queries.slots import spans_of
from qingyan.screening.rules.slots import may_begin, next_start
from qingyan.screening.workflow import OPEN


def next_slot(actor: Actor, *, now: datetime) -> datetime | None:
    """The earliest slot that opens a round which the class may not begin now; None when it waits for none.

    Rounds that the pupil has begun do not wait for a slot.
    """
    place = SchoolClass.objects.filter(id=actor.class_id, school_id=actor.school_id).first()
    if place is None:
        return None
    city = School.objects.filter(id=actor.school_id).values("district__city_id")
    asked = CampaignInstrument.objects.filter(grade_from__lte=place.grade, grade_to__gte=place.grade)
    begun = Sitting.objects.filter(student_id=actor.student_id, school_id=actor.school_id)
    rounds = Campaign.objects.filter(
        Q(school_id=actor.school_id) | Q(city_id__in=city),
        state=OPEN,
        closes_at__gt=now,
        id__in=asked.values("campaign_id"),
    ).exclude(id__in=begun.values("campaign_id"))
    waits = [
        spans
        for spans in spans_of(actor.school_id, rounds).values()
        if not may_begin(spans, class_id=place.id, now=now)
    ]
    starts = [start for spans in waits if (start := next_start(spans, class_id=place.id, now=now))]
    return min(starts, default=None)
