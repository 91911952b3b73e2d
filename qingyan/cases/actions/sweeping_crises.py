"""What nobody did in time is told once to everybody concerned: a report upwards, a review of an opened name."""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from qingyan.cases.models import CrisisThread, Glass
from qingyan.cases.queries.pseudonym import behind
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

MOST_AT_ONCE = 50


def sweep_school(*, by: Actor, now: datetime) -> int:
    """Tell about late reports and late reviews of this school; each deadline once. Returns how many."""
    return _late_reports(by, now) + _late_words(by, now) + _late_reviews(by, now)


def _late_reports(by: Actor, now: datetime) -> int:
    late = CrisisThread.objects.select_for_update().filter(school_id=by.school_id, due_at__lt=now)
    late = late.filter(Q(told_late_for__isnull=True) | ~Q(told_late_for=F("due_at")))[:MOST_AT_ONCE]
    for thread in late:
        thread.told_late_for = thread.due_at
        thread.save(update_fields=["told_late_for"])
        key, school = f"late:{thread.id}:{int(thread.due_at.timestamp())}", behind(thread)
        notifications.notify(to=school.staff, kind="overdue", path=school.path, by=by, now=now, key=key)
        path = f"/oversight/threads/{thread.id}/"
        notifications.notify(
            to=_above(thread.school_id, now), kind="overdue", path=path, by=by, now=now, key=f"{key}:up"
        )
        record(by=by, action="thread.late", subject_kind="thread", subject_id=thread.id, now=now)
    return len(late)


def _late_words(by: Actor, now: datetime) -> int:
    """First reports that no leader has given a word on in time: told to the leaders again, and above the school."""
    late = CrisisThread.objects.select_for_update().filter(school_id=by.school_id, approval_due_at__lt=now)
    found = list(late.filter(told_approval_late_at__isnull=True)[:MOST_AT_ONCE])
    for thread in found:
        thread.told_approval_late_at = now
        thread.save(update_fields=["told_approval_late_at"])
        key, school = f"approval-late:{thread.id}", behind(thread)
        notifications.notify(to=school.staff, kind="overdue", path=school.path, by=by, now=now, key=key)
        above, path = _above(thread.school_id, now), f"/oversight/threads/{thread.id}/"
        notifications.notify(to=above, kind="overdue", path=path, by=by, now=now, key=f"{key}:up")
        record(by=by, action="thread.approval_late", subject_kind="thread", subject_id=thread.id, now=now)
    return len(found)


def _late_reviews(by: Actor, now: datetime) -> int:
    late = Glass.objects.select_for_update(of=("self",)).select_related("thread")
    late = late.filter(
        school_id=by.school_id, review_due_at__lt=now, reviewed_at__isnull=True, told_late_at__isnull=True
    )
    found = list(late[:MOST_AT_ONCE])
    for glass in found:
        glass.told_late_at = now
        glass.save(update_fields=["told_late_at"])
        key, school = f"glass-late:{glass.id}", behind(glass.thread)
        above = _above(glass.school_id, now) - {glass.opened_by_id}
        notifications.notify(to=above, kind="overdue", path="/oversight/glasses/", by=by, now=now, key=key)
        notifications.notify(to=school.staff, kind="overdue", path=school.path, by=by, now=now, key=f"{key}:school")
        record(by=by, action="glass.review_late", subject_kind="glass", subject_id=glass.id, now=now)
    return len(found)


def _above(school_id: int, now: datetime) -> set:
    (school,) = organisations.schools_by_id([school_id])
    return {one.account for one in people.leads_over(school.district_id, timezone.localdate(now))}
