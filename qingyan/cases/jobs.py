"""Periodic work of cases: nobody who was referred is forgotten, and what is told upwards is told in time.

The work itself is in actions/chasing.py and actions/sweeping_crises.py.
"""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.cases.actions.chasing import chase_school
from qingyan.cases.actions.passing_on import PASSING_SIGHT, pass_on_school
from qingyan.cases.actions.running_errands import tell_late
from qingyan.cases.actions.sweeping_crises import sweep_school
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

SIGHT = frozenset({Sight.CASES, Sight.REFERRAL})
PURPOSE = "chase referrals without a slip"
CRISIS_SIGHT = frozenset({Sight.CASE_LEADER})
CRISIS_PURPOSE = "tell about reports and reviews that are late"
ERRAND_SIGHT = PASSING_SIGHT
ERRAND_PURPOSE = "bring errands to who has the pupil today, and tell about those that are late"
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


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.sweep_crises", queueing_lock="cases.sweep_crises")
def sweep_crises(timestamp: int) -> int:
    """Every five minutes, each school in its own scope: reports upwards and reviews of opened names that are late."""
    late = 0
    for school_id in organisations.school_ids():
        try:
            late += _sweep(school_id)
        except Exception:
            log.exception("the sweep of a school failed", extra={"school": school_id})
    return late


@app.periodic(cron="20 * * * *")
@app.task(name="cases.late_errands", queueing_lock="cases.late_errands")
def late_errands(timestamp: int) -> int:
    """Every hour, each school in its own scope: what colleagues were asked to do and have not answered in time."""
    told = 0
    for school_id in organisations.school_ids():
        try:
            told += _late_errands(school_id)
        except Exception:
            log.exception("telling the late errands of a school failed", extra={"school": school_id})
    return told


def _late_errands(school_id: int) -> int:
    by = system_actor(school_id=school_id, sight=ERRAND_SIGHT, purpose=ERRAND_PURPOSE)
    with transaction.atomic(), entered(by):
        pass_on_school(by=by, now=timezone.now())
        return tell_late(by=by, now=timezone.now())


def _sweep(school_id: int) -> int:
    by = system_actor(school_id=school_id, sight=CRISIS_SIGHT, purpose=CRISIS_PURPOSE)
    with transaction.atomic(), entered(by):
        return sweep_school(by=by, now=timezone.now())
