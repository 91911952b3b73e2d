"""What is late is told once: a report upwards, a review of an opened name."""

from datetime import timedelta

from django.utils import timezone

from qingyan.cases.actions.sweeping_crises import sweep_school
from qingyan.cases.jobs import CRISIS_SIGHT, sweep_crises
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.scope import entered
from qingyan.notifications.models import Notification
from tests.cases.actions.test_breaking_glass import broken
from tests.cases.crisis_setting import reported, told


def swept(cast, now) -> int:
    by = system_actor(school_id=cast.home.school.id, sight=CRISIS_SIGHT, purpose="test")
    with entered(by):
        return sweep_school(by=by, now=now)


def late_notices() -> set:
    return {one.account_id for one in Notification.objects.filter(kind="overdue")}


def test_a_late_report_is_told_once_to_school_district_and_city(cast):
    now = timezone.now()
    case, thread = told(cast, now=now)
    assert swept(cast, thread.due_at - timedelta(minutes=1)) == 0
    assert swept(cast, thread.due_at + timedelta(minutes=1)) == 1
    everybody = {cast.home.counsellor.id, cast.home.principal.id, cast.district_lead.id, cast.city_officer.id}
    assert late_notices() == everybody
    assert swept(cast, thread.due_at + timedelta(hours=1)) == 0, "once a deadline"
    reported(cast, case, "first", now=thread.due_at + timedelta(hours=2))
    assert swept(cast, thread.due_at + timedelta(days=4)) == 2, "the next deadline, and the leader's word on the first"


def test_a_late_review_is_told_to_everybody_but_the_opener(cast):
    now = timezone.now()
    case, thread = told(cast, now=now)
    reported(cast, case, "first", now=now)
    glass = broken(cast, thread, now=now)
    swept(cast, glass.review_due_at - timedelta(minutes=1))
    Notification.objects.filter(kind="overdue").delete()
    assert swept(cast, glass.review_due_at + timedelta(minutes=1)) >= 1
    assert cast.city_officer.id in late_notices()
    glasses = Notification.objects.filter(kind="overdue", path="/oversight/glasses/")
    assert {one.account_id for one in glasses} == {cast.city_officer.id}


def test_the_job_looks_at_every_school(committed_cast):
    assert sweep_crises(0) == 0
