"""Wrong tries at the doors are forgotten: they slow a guesser for minutes, and are nobody's business a day later."""

from datetime import datetime, timedelta

from axes.models import AccessAttempt

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.people.models import SignInAttempt
from qingyan.people.rules.pace import MEMORY

KEPT = max(MEMORY, timedelta(days=1))  # a day, so that a bad morning can still be looked at


def forget_tries(*, by: Actor, now: datetime) -> int:
    """Delete this school's old wrong tries at the pupils' door; returns how many."""
    gone, _ = SignInAttempt.objects.filter(school_id=by.school_id, at__lt=now - KEPT).delete()
    if gone:
        detail = {"tries": gone}
        record(by=by, action="door.tries_forgotten", subject_kind="door", subject_id="", detail=detail, now=now)
    return gone


def forget_staff_tries(*, now: datetime) -> int:
    """The same for wrong passwords and second factors of staff; these rows stand outside the schools."""
    gone, _ = AccessAttempt.objects.filter(attempt_time__lt=now - KEPT).delete()
    return gone
