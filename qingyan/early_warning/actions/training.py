"""A model is learned from what people found in all schools of a city; too few outcomes, and nothing is stored.

Somebody asks, and the work is done in the background: school by school, each in its own scope and transaction, so that
the page sees how far it is. Examples of schools meet in memory only.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from qingyan.early_warning.models import Learning, ModelVersion
from qingyan.early_warning.policy import LEARN
from qingyan.early_warning.queries import learnings, phases, point_packs, surroundings
from qingyan.early_warning.queries.training import examples
from qingyan.early_warning.rules.card import Example, learned, weights_as_json
from qingyan.early_warning.rules.learning import Model, Sign, TooFew
from qingyan.early_warning.workflow import LEARNING, UNDER_WAY
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.api import enqueue
from qingyan.organisations import api as organisations

JOB = "early_warning.learn"
PURPOSE = "gather outcomes without names to learn an order"
log = logging.getLogger(__name__)


def ask_to_learn(*, city_id: int, by: Actor, now: datetime) -> Learning:
    """A run in the background; while one is under way, that one. Raises NotVisible."""
    row = Learning(city_id=city_id, asked_at=now, moved_at=now)
    require(by, LEARN, row)
    if by.id is None:
        raise NotVisible(LEARN.code)
    phases.hold_still()
    before = learnings.newest(city_id)
    if before is not None and learnings.is_under_way(before, now):
        return before
    if before is not None and before.state in UNDER_WAY:
        _move(before.id, "fail", now=now)
    row.asked_by_id = by.id
    row.save(force_insert=True)
    record(by=by, action="early_warning.ask_to_learn", subject_kind="learning", subject_id=row.id, now=now)
    enqueue(JOB, by=by, learning_id=row.id)
    return row


def learn_city(*, learning_id: int, by: Actor, clock: Callable[[], datetime] = timezone.now) -> str:
    """Do what was asked for and return the state in which it ended; it orders nothing.

    No transaction is open around it. A run that was begun already is left to who began it.
    """
    schools = organisations.school_ids()
    row = Learning.objects.get(id=learning_id)
    if row.state != LEARNING.initial:
        return str(row.state)
    _move(learning_id, "begin", now=clock(), schools=len(schools))
    try:
        signs = point_packs.current(row.city_id).pack.learned()
        found = _all_schools(schools, signs, lambda done: _move(learning_id, "gather", now=clock(), gathered=done))
        model, card = learned(signs, found)
        return _keep(learning_id, model, card, by=by, now=clock())
    except TooFew:
        return _move(learning_id, "give_up", now=clock()).state
    except Exception:
        log.exception("learning a model failed", extra={"learning": learning_id})
        return _move(learning_id, "fail", now=clock()).state


def _move(learning_id: int, verb: str, *, now: datetime, **fields: Any) -> Learning:
    """One step of the run, in a transaction of its own unless one is open."""
    with transaction.atomic():
        row = Learning.objects.select_for_update().get(id=learning_id)
        row.state, row.moved_at = LEARNING.target(verb=verb, origin=row.state, given=fields), now
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=["state", "moved_at", *fields])
    return row


@transaction.atomic
def _keep(learning_id: int, model: Model, card: dict[str, Any], *, by: Actor, now: datetime) -> str:
    run = Learning.objects.get(id=learning_id)
    phases.hold_still()
    last = ModelVersion.objects.filter(city_id=run.city_id).first()
    row = ModelVersion(city_id=run.city_id, number=last.number + 1 if last else 1, learned_at=now)
    row.pack, row.weights, row.card = point_packs.current(run.city_id).pack.name, weights_as_json(model), card
    row.by_id = run.asked_by_id
    row.save(force_insert=True)
    ended = _move(learning_id, "keep", now=now, model=row.number)
    detail = {"number": row.number, "pupils": card["pupils"], "schools": card["schools"], "pack": row.pack}
    with entered(by):
        record(
            by=by, action="early_warning.learn", subject_kind="model_version", subject_id=row.id, now=now, detail=detail
        )
    return str(ended.state)


def _all_schools(schools: list[int], signs: tuple[Sign, ...], tell: Callable[[int], object]) -> list[Example]:
    """In memory only: a school is a running number here. After each school `tell` hears how many were read."""
    found: list[Example] = []
    for place, school_id in enumerate(schools):
        at_school = system_actor(school_id=school_id, sight=surroundings.SIGHT, purpose=PURPOSE)
        with transaction.atomic(), entered(at_school):
            found += examples(at_school, signs, place=place)
        tell(place + 1)
    return found
