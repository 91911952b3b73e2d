"""Periodic work of concerns: nobody who asked for help waits unseen. The work itself is in actions/sweeping.py."""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.concerns.actions.sweeping import sweep_school
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

SIGHT = frozenset({Sight.CONCERNS, Sight.BULLYING})
PURPOSE = "tell again about reports that wait"
log = logging.getLogger(__name__)


@app.periodic(cron="*/2 * * * *")
@app.task(name="concerns.sweep", queueing_lock="concerns.sweep")
def sweep(timestamp: int) -> int:
    """Every two minutes, each school in its own scope; one that fails does not keep the others waiting."""
    late = 0
    for school_id in organisations.school_ids():
        try:
            late += _sweep(school_id)
        except Exception:
            log.exception("the sweep of a school failed", extra={"school": school_id})
    return late


def _sweep(school_id: int) -> int:
    by = system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)
    with transaction.atomic(), entered(by):
        return sweep_school(by=by, now=timezone.now())
