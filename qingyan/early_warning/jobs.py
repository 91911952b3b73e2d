"""Background work of early warning: each hour the order is helped anew, each night a model is tried or looked at, and
on request one is learned.

The work itself is in actions/.
"""

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.early_warning.actions import nightly, ordering, training
from qingyan.early_warning.queries import phases, point_packs, surroundings, trials
from qingyan.early_warning.rules.card import model_from
from qingyan.early_warning.workflow import Help, help_of
from qingyan.foundation.access.actor import Actor, Kind, system_actor
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

PURPOSE = "order the queue by what the city has agreed to"
log = logging.getLogger(__name__)


@app.task(name=training.JOB)
def learn(*, key: str, scope: dict[str, Any], learning_id: int) -> str:
    """Learn the model that somebody asked for. No transaction around it: each part of it is one, so the page sees."""
    asked = UUID(scope["actor"]) if scope["actor"] else None
    by = Actor(Kind.SYSTEM, id=asked, name="system", purpose=training.PURPOSE, request_id=scope["request"])
    return training.learn_city(learning_id=learning_id, by=by)


@app.periodic(cron="25 * * * *")
@app.task(name="early_warning.order", queueing_lock="early_warning.order")
def order(timestamp: int) -> int:
    """Once an hour: alerts are brought forward, or hints are taken back."""
    return order_everywhere()


@app.periodic(cron="40 18 * * *")  # twenty to three in the night in China; cron counts in UTC
@app.task(name="early_warning.watch", queueing_lock="early_warning.watch")
def watch(timestamp: int) -> str:
    """Every night: a model in shadow is tried, one in use is looked at."""
    return nightly.watch_city(now=timezone.now())


def order_everywhere() -> int:
    """Each school in its own scope and transaction; one that fails does not keep the others waiting."""
    changed = 0
    for school_id in organisations.school_ids():
        try:
            with transaction.atomic():
                changed += _order(school_actor(school_id))
        except Exception:
            log.exception("ordering a school's queue failed", extra={"school": school_id})
    return changed


def school_actor(school_id: int) -> Actor:
    """The platform standing at a school, with the sight that evidence needs."""
    return system_actor(school_id=school_id, sight=surroundings.SIGHT, purpose=PURPOSE)


def _order(by: Actor) -> int:
    city, now = organisations.the_city(), timezone.now()
    if city is None:
        return 0
    phases.hold_still()
    reckon = _reckoning(city.id)
    with entered(by):
        if reckon is None:
            return ordering.take_back(by=by, now=now)
        return ordering.order(reckon=reckon, here=surroundings.school(by), by=by, now=now)


def _reckoning(city_id: int) -> ordering.Reckoning | None:
    """What the city has agreed to; None while nothing may help, so also for a model whose signs are not the pack's."""
    found = point_packs.current(city_id)
    helped = help_of(phases.phase(city_id), signed=found.is_signed)
    if helped is Help.POINTS:
        return ordering.by_points(found.pack)
    model = trials.usable(city_id, phases.ordering_model(city_id)) if helped is Help.MODEL else None
    return None if model is None else ordering.by_model(model_from(model.weights), found.pack)
