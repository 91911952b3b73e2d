"""Periodic work of alerts: nothing is silently missing. The work itself is in actions/sweeping.py."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.alerts.actions.sweeping import sweep_school
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

SIGHT = frozenset({Sight.ANSWERS})
PURPOSE = "find sheets whose alert is missing"
LATELY, YESTERDAY = timedelta(minutes=30), timedelta(hours=26)
log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="alerts.sweep", queueing_lock="alerts.sweep")
def sweep(timestamp: int) -> int:
    """Every five minutes: the sheets of the last half hour."""
    return sweep_all(back=LATELY)


@app.periodic(cron="40 18 * * *")
@app.task(name="alerts.sweep_day", queueing_lock="alerts.sweep_day")
def sweep_day(timestamp: int) -> int:
    """Once a night: the sheets of the last day, in case the worker stood still."""
    return sweep_all(back=YESTERDAY)


def sweep_all(*, back: timedelta) -> int:
    """Each school in its own scope and transaction; a school that fails does not keep the others waiting."""
    found = 0
    for school_id in organisations.school_ids():
        try:
            found += _sweep(school_id, back)
        except Exception:
            log.exception("the sweep of a school failed", extra={"school": school_id})
    if found:
        log.error("%d alerts were missing and have been raised by the sweeper", found)
    return found


def _sweep(school_id: int, back: timedelta) -> int:
    by = system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)
    with transaction.atomic(), entered(by):
        return sweep_school(by=by, back=back, now=timezone.now())
