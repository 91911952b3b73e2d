"""Periodic work of insight: the cube is counted school by school, each in its own scope, and then told by district.

Every hour what has news among rounds; every night the running term too. The work itself is in actions/.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.insight.actions.counting import count_rounds, count_terms
from qingyan.insight.actions.releasing import release, release_city, remember
from qingyan.insight.actions.scaling import release_city_scales, release_scales
from qingyan.insight.contracts import Occasion
from qingyan.insight.queries.exact import occasions
from qingyan.insight.queries.places import own_round_of, schools_by_district
from qingyan.insight.queries.sources import SIGHT
from qingyan.organisations import api as organisations

PURPOSE = "count for the boards"
log = logging.getLogger(__name__)


@app.periodic(cron="40 * * * *")
@app.task(name="insight.hour", queueing_lock="insight.build")
def hour(timestamp: int) -> int:
    """Rounds with news."""
    return build(count_rounds)


@app.periodic(cron="10 19 * * *")  # ten past three in the morning in China; cron counts in UTC
@app.task(name="insight.night", queueing_lock="insight.night")
def night(timestamp: int) -> int:
    """The running term and the one before."""
    return build(count_terms)


def build(*counts: Callable[..., list[Occasion]]) -> int:
    """Count every school, then tell what changed. Returns how many counts were made. A failure stops nobody else."""
    now, counted = timezone.now(), 0
    for school_id in organisations.school_ids():
        for count in counts:
            try:
                with transaction.atomic(), entered(_at(school_id)) as _scope:
                    counted += len(count(by=_at(school_id), now=now))
            except Exception:
                log.exception("counting a school failed", extra={"school": school_id})
    tell(now)
    return counted


def tell(now: datetime) -> None:
    """Release what has changed: each district and occasion in a transaction, then the city."""
    changed: set[Occasion] = set()
    for district, schools in schools_by_district().items():
        with transaction.atomic(), entered(_everywhere()):
            waiting = occasions(_everywhere(), schools)
        for occasion in waiting:
            try:
                tell_district(district, schools, occasion, now=now)
                changed.add(occasion)
            except Exception:
                log.exception("releasing a district failed", extra={"district": district})
    city = organisations.the_city()
    for occasion in changed:
        if city is not None and own_round_of(occasion) is None:
            with transaction.atomic(), entered(_everywhere()):
                release_city(
                    city=city.id, districts=list(schools_by_district()), occasion=occasion, by=_everywhere(), now=now
                )
                if occasion.round is not None:
                    release_city_scales(
                        city=city.id,
                        districts=schools_by_district(),
                        round_id=occasion.round,
                        by=_everywhere(),
                        now=now,
                    )


def tell_district(district: int, schools: list[int], occasion: Occasion, *, now: datetime) -> None:
    """One district and its schools together; a school's own round is told of that school alone."""
    own = own_round_of(occasion)
    with transaction.atomic():
        with entered(_everywhere()):
            kept = release(
                schools=schools if own is None else [own],
                district=district if own is None else None,
                occasion=occasion,
                by=_everywhere(),
                now=now,
            )
            if own is None and occasion.round is not None:
                release_scales(district=district, schools=schools, round_id=occasion.round, by=_everywhere(), now=now)
        for school_id in schools if own is None else [own]:
            with entered(_at(school_id)):
                remember(occasion=occasion, kept=kept, by=_at(school_id))


def _at(school_id: int) -> Actor:
    """The platform standing at a school, with the sight that counting needs."""
    return system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)


def _everywhere() -> Actor:
    """The platform at no school: it reads no person's row, only what was counted."""
    return system_actor(school_id=None, sight=frozenset({Sight.CUBE}), purpose=PURPOSE)
