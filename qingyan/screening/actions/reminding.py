"""Every morning: which classes still miss somebody in a round that ends soon. Counts for the homeroom teacher, no name.

The platform counts with sight of progress only. A class that is complete, and a round that has ended, lose their line.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.organisations.api import School
from qingyan.screening.models import Campaign, Reminder
from qingyan.screening.queries.progress import HERE
from qingyan.screening.workflow import OPEN

NEAR_THE_END = timedelta(days=3)


def remind_school(*, by: Actor, now: datetime) -> int:
    """Write the lines of one school anew; the platform stands there with sight of progress. Returns how many."""
    city = School.objects.filter(id=by.school_id).values("district__city_id")
    ending = Campaign.objects.filter(
        Q(school_id=by.school_id) | Q(city_id__in=city),
        state=OPEN,
        opens_at__lte=now,
        closes_at__gt=now,
        closes_at__lte=now + NEAR_THE_END,
    )
    missing = {(one.id, class_id): left for one in ending for class_id, left in _missing(one)}
    Reminder.objects.filter(school_id=by.school_id).delete()
    Reminder.objects.bulk_create(
        Reminder(campaign_id=campaign, school_class_id=class_id, school_id=by.school_id, unfinished=left, made_at=now)
        for (campaign, class_id), left in missing.items()
    )
    if missing:
        record(by=by, action="classes.reminded", subject_kind="class", subject_id="", now=now,
               detail={"classes": len(missing)})  # fmt: skip
    return len(missing)


def _missing(campaign: Campaign) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(HERE, [campaign.id])
        return [(row[1], row[2] - row[4]) for row in cursor.fetchall() if row[2] > row[4]]
