"""Periodic work of early warning: each hour the order is helped anew, each school in its own scope.

The work itself is in actions/.
"""

import logging

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.early_warning.actions.ordering import order_by_points, take_back
from qingyan.early_warning.queries import phases, point_packs, surroundings
from qingyan.early_warning.workflow import Help, help_of
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.scope import entered
from qingyan.organisations import api as organisations

PURPOSE = "order the queue by what the city has agreed to"
log = logging.getLogger(__name__)


@app.periodic(cron="25 * * * *")
@app.task(name="early_warning.order", queueing_lock="early_warning.order")
def order(timestamp: int) -> int:
    """Once an hour: alerts are brought forward, or hints are taken back."""
    return order_everywhere()


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
    found = point_packs.current(city.id)
    helped = help_of(phases.phase(city.id), signed=found.is_signed)
    with entered(by):
        if helped is Help.NOTHING:
            return take_back(by=by, now=now)
        return order_by_points(pack=found.pack, here=surroundings.school(by), by=by, now=now)
