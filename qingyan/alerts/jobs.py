"""Periodic work of alerts: nothing is silently missing, and nothing waits for nobody.

The work itself is in actions/sweeping.py and actions/handing.py.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.alerts.actions.handing import due, hand_on, red_without_owner, watch
from qingyan.alerts.actions.listing import list_candidates
from qingyan.alerts.actions.sweeping import sweep_school
from qingyan.alerts.actions.watching import Found, keep_sweep, unowned_alerts
from qingyan.alerts.actions.weighing import weigh_new, weigh_school
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

SIGHT = frozenset({Sight.ANSWERS})
PURPOSE = "find sheets whose alert is missing"
DUTY_SIGHT = frozenset({Sight.ALERTS, Sight.DUTY})
WEIGHING_SIGHT = DUTY_SIGHT | {Sight.PROGRESS, Sight.RESULTS, Sight.OBSERVATION, Sight.CONCERNS}
DUTY_PURPOSE = "give alerts to who is on duty"
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


@app.periodic(cron="* * * * * */15")
@app.task(name="alerts.keep_time", queueing_lock="alerts.keep_time")
def keep_time(timestamp: int) -> int:
    """Every quarter of a minute: whoever's turn it is gets the alert."""
    return keep_time_everywhere()


def keep_time_everywhere() -> int:
    """One look at every school; returns the hand-overs."""
    return _everywhere(_keep_time, "keeping the time")


@app.periodic(cron="* * * * * */3")
@app.task(name="alerts.red_first", queueing_lock="alerts.red_first")
def red_first(timestamp: int) -> int:
    """Every three seconds: a red alert that nobody owns yet gets its owner, who is told, however long other looks take.

    One question a school; a crowd of milder alerts keeps a look of keep_time busy for minutes.
    """
    return _everywhere(_red_first, "the look for red alerts")


def _everywhere(look: Callable[[int], int], name: str) -> int:
    """Each school in its own scope; a school that fails does not keep the others waiting. Returns the hand-overs."""
    handed = 0
    for school_id in organisations.school_ids():
        try:
            handed += look(school_id)
        except Exception:
            log.exception("%s of a school failed", name, extra={"school": school_id})
    return handed


def _keep_time(school_id: int) -> int:
    by = system_actor(school_id=school_id, sight=WEIGHING_SIGHT, purpose=DUTY_PURPOSE)
    with transaction.atomic(), entered(by):
        weigh_new(by, now=timezone.now())
        seen = watch(by, timezone.now())
        waiting = due(by, seen)
    return _hand_on(by, waiting)


def _red_first(school_id: int) -> int:
    by = system_actor(school_id=school_id, sight=WEIGHING_SIGHT, purpose=DUTY_PURPOSE)
    with transaction.atomic(), entered(by):
        waiting = red_without_owner(by)
    return _hand_on(by, waiting)


def _hand_on(by: Actor, waiting: Sequence[UUID]) -> int:
    handed = 0
    for alert_id in waiting:  # a transaction each: the trail of a school is held only for a moment
        with transaction.atomic(), entered(by):
            handed += hand_on(alert_id=alert_id, by=by, seen=watch(by, timezone.now())) is not None
    return handed


@app.periodic(cron="10 18 * * *")
@app.task(name="alerts.weigh_again", queueing_lock="alerts.weigh_again")
def weigh_again(timestamp: int) -> int:
    """Once a night: candidates of rounds join the queue, and every open alert is weighed by what is known now."""
    return sum(_in_each_school(_weigh_again))


def _weigh_again(by: Actor) -> int:
    list_candidates(by=by, now=timezone.now())
    return weigh_school(by, now=timezone.now())


def _in_each_school(work: Callable[[Actor], int]) -> Iterator[int]:
    """Each school in its own scope and transaction; a school that fails does not keep the others waiting."""
    for school_id in organisations.school_ids():
        by = system_actor(school_id=school_id, sight=WEIGHING_SIGHT, purpose=DUTY_PURPOSE)
        try:
            with transaction.atomic(), entered(by):
                yield work(by)
        except Exception:
            log.exception("the night's work of a school failed", extra={"school": school_id})


def sweep_all(*, back: timedelta) -> int:
    """Each school in its own scope and transaction; a school that fails does not keep the others waiting.

    The figures are kept, and operators are told when something was amiss. Returns how many alerts were missing.
    """
    schools = organisations.school_ids()
    failed = missing = unowned = 0
    for school_id in schools:
        try:
            missing += _sweep(school_id, back)
            unowned += _unowned(school_id)
        except Exception:
            failed += 1
            log.exception("the sweep of a school failed", extra={"school": school_id})
    if missing:
        log.error("%d alerts were missing and have been raised by the sweeper", missing)
    by = system_actor(school_id=None, sight=frozenset(), purpose=PURPOSE)
    with transaction.atomic(), entered(by):
        keep_sweep(found=Found(len(schools), failed, missing, unowned), back=back, by=by, now=timezone.now())
    return missing


def _sweep(school_id: int, back: timedelta) -> int:
    by = system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)
    with transaction.atomic(), entered(by):
        return sweep_school(by=by, back=back, now=timezone.now())


def _unowned(school_id: int) -> int:
    by = system_actor(school_id=school_id, sight=DUTY_SIGHT, purpose=DUTY_PURPOSE)
    with transaction.atomic(), entered(by):
        return unowned_alerts(by, now=timezone.now())
