"""An urgent report that nobody took: its readers are told again, and the leader learns that somebody waits."""

from datetime import datetime, timedelta

from django.utils import timezone

from qingyan.concerns.actions.raising import address_of, watch_address
from qingyan.concerns.models import Knock
from qingyan.concerns.queries.boxes import BOXES, Box, readers_of
from qingyan.concerns.queries.waiting import urgent_untaken
from qingyan.concerns.rules.flood import WINDOW
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.people import api as people

TOLD_AGAIN_AFTER = timedelta(minutes=10)
MOST_AT_ONCE = 50


def sweep_school(*, by: Actor, now: datetime) -> int:
    """Tell again about what waits too long; returns how many reports that were. Old knocks are forgotten."""
    Knock.objects.filter(school_id=by.school_id, at__lt=now - WINDOW).delete()
    late = [
        (report, box)
        for box in BOXES.values()
        for report in urgent_untaken(box, by.school_id).filter(received_at__lt=now - TOLD_AGAIN_AFTER)[:MOST_AT_ONCE]
    ]
    for report, box in late:
        _tell_again(report, box, by, now)
    return len(late)


def _tell_again(report, box: Box, by: Actor, now: datetime) -> None:
    day = timezone.localdate(now)
    readers = readers_of(box, report.school_id, on=day)
    key = f"{box.circle}/late/{report.id}"
    notifications.notify(to=readers, kind="attention_now", path=address_of(report, box), by=by, now=now, key=key)
    leaders = people.holders(Role.PRINCIPAL, school_id=report.school_id, today=day)
    path = watch_address(report.school_id)
    notifications.notify(
        to=set(leaders) - set(readers), kind="attention_now", path=path, by=by, now=now, key=f"{key}/leader"
    )
    record(by=by, action="concern.told_again", subject_kind="report", subject_id=report.id, now=now)
