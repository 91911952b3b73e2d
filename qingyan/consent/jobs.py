"""Background work of consent: wrong tries at the guardians' door are forgotten. The work itself is in actions/."""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.consent.actions.forgetting import forget_tries
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

SIGHT = frozenset({Sight.CONSENT})
PURPOSE = "forget wrong tries at the guardians' door"
log = logging.getLogger(__name__)


@app.periodic(cron="30 19 * * *")  # half past three in the night in China; cron counts in UTC
@app.task(name="consent.forget_tries", queueing_lock="consent.forget_tries")
def forget_old_tries(timestamp: int) -> int:
    """Every night, each school in its own scope and transaction; one that fails does not keep the others waiting."""
    gone = 0
    for school_id in organisations.school_ids():
        by = system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)
        try:
            with transaction.atomic(), entered(by):
                gone += forget_tries(by=by, now=timezone.now())
        except Exception:
            log.exception("the tries of a school were not forgotten", extra={"school": school_id})
    return gone
