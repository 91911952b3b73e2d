"""A second stage of a round: rule, an observation (it has ended) with a canary, one assigned instrument."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from qingyan.screening.models import Assignment, Campaign, Observation, SecondStage
from qingyan.screening.observation_form import BEHAVIOURS
from tests.factories.city import Place


def make_second_stage(campaign: Campaign, place: Place, *, now: datetime) -> UUID:
    """Within a scope with every sight; returns the assignment's key."""
    owned = {"campaign": campaign, "student": place.pupil, "school": place.school, "school_class": place.class_a}
    SecondStage.objects.create(campaign=campaign, instrument="phq-9", version="1.0", observe_days=0)
    Observation.objects.create(
        observer=place.homeroom_teacher,
        marks=[2, 1, *[0] * (len(BEHAVIOURS) - 2)],
        sentence=f"canary-{place.school.slug}-observation",
        saved_at=now - timedelta(hours=1),
        **owned,
    )
    today = timezone.localdate(now)
    made = Assignment.objects.create(
        instrument="phq-9", version="1.0", from_day=today, due_day=today + timedelta(days=3), at=now, **owned
    )
    return made.id
