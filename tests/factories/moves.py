"""What moves pupils and files: a transfer, a promotion, a merge."""

from datetime import datetime

from django.db import transaction

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.organisations.models import School
from qingyan.people.models import Merge, Promotion, Transfer
from tests.factories.canaries import canary
from tests.factories.city import EVERYTHING, Place


def make_transfer(place: Place, now: datetime) -> Transfer:
    """A request by another school that waits for this one's answer; only this school's copy."""
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        return Transfer.objects.create(
            school=place.school,
            other_school=School.objects.exclude(pk=place.school.pk).earliest("pk"),
            name=canary(place, "transfer"),
            opened_at=now,
            waiting_since=now,
        )


def make_undoable(place: Place, now: datetime) -> tuple[Promotion, Merge]:
    """A promotion and a merge that stand in the log."""
    with transaction.atomic(), entered(system_actor(school_id=place.school.id, sight=EVERYTHING, purpose="test")):
        year = place.class_a.school_year
        first, second = (one.id for one in place.pupils_a[:2])
        return (
            Promotion.objects.create(school=place.school, school_year=year, state="undone", done_at=now),
            Merge.objects.create(school=place.school, survivor=first, merged=second, state="undone", done_at=now),
        )
