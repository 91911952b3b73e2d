"""Periodic work of cases: nobody who was referred is forgotten. The work itself is in actions/chasing.py."""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.cases.actions.chasing import chase_school
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

SIGHT = frozenset({Sight.CASES, Sight.REFERRAL})
PURPOSE = "chase referrals without a slip"
log = logging.getLogger(__name__)


@app.periodic(cron="10 * * * *")
@app.task(name="cases.chase", queueing_lock="cases.chase")
def chase(timestamp: int) -> int:
    """Every hour, each school in its own scope; one that fails does not keep the others waiting."""
    told = 0
    for school_id in organisations.school_ids():
        try:
            told += _chase(school_id)
        except Exception:
            log.exception("chasing the referrals of a school failed", extra={"school": school_id})
    return told


def _chase(school_id: int) -> int:
    by = system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)
    with transaction.atomic(), entered(by):
        return chase_school(by=by, now=timezone.now())
