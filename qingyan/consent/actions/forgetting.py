"""Wrong tries at the guardians' door are forgotten after a day; they slow a guesser for minutes only."""

from datetime import datetime, timedelta

from qingyan.consent.models import GuardianTry
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.people.api import WRONG_TRIES_MEMORY

KEPT = max(WRONG_TRIES_MEMORY, timedelta(days=1))


def forget_tries(*, by: Actor, now: datetime) -> int:
    """Delete this school's old wrong tries; returns how many."""
    gone, _ = GuardianTry.objects.filter(school_id=by.school_id, at__lt=now - KEPT).delete()
    if gone:
        detail = {"tries": gone}
        record(by=by, action="guardians.tries_forgotten", subject_kind="door", subject_id="", detail=detail, now=now)
    return gone
