"""Every morning at each school: seats of ended rounds are taken away, classes that miss somebody are noted."""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations
from qingyan.screening.actions.reminding import remind_school
from qingyan.screening.actions.seating import clear_seats

SIGHT = frozenset({Sight.PROGRESS})
PURPOSE = "remind classes of a round that ends soon"
log = logging.getLogger(__name__)


@app.periodic(cron="30 22 * * *")  # half past six in the morning in China; cron counts in UTC
@app.task(name="screening.morning", queueing_lock="screening.morning")
def morning(timestamp: int) -> int:
    """Each school in its own scope and transaction; one that fails does not keep the others waiting."""
    lines = 0
    for school_id in organisations.school_ids():
        try:
            lines += remind(school_id)
        except Exception:
            log.exception("the morning of a school failed", extra={"school": school_id})
    return lines


def remind(school_id: int) -> int:
    """One school."""
    by = system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)
    with transaction.atomic(), entered(by):
        now = timezone.now()
        clear_seats(by=by, now=now)
        return remind_school(by=by, now=now)
