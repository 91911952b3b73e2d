"""Each night: a model in shadow is tried and measured; one that orders is looked at, and goes back when things changed.

Schools are read one after another, each in its own scope and transaction; what meets here are counts and levels without
a name, in memory. What is stored are sums of the city.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from qingyan.early_warning.actions.shadowing import night_actor, note
from qingyan.early_warning.actions.switching import write_step
from qingyan.early_warning.models import ModelNight, PhaseStep
from qingyan.early_warning.queries import phases, point_packs, shadow, surroundings, trial_packs, versions
from qingyan.early_warning.queries.training import examples, levels_of
from qingyan.early_warning.rules.around import Subject
from qingyan.early_warning.rules.card import Example, model_from
from qingyan.early_warning.rules.learning import Model
from qingyan.early_warning.rules.points import PointPack
from qingyan.early_warning.rules.trial import Judged, measured
from qingyan.early_warning.rules.watch import GOES_BACK, Verdict, fits, watched
from qingyan.early_warning.workflow import ON, SHADOW
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

PATH = "/city/order/"
PURPOSE = "look at a model by night"
log = logging.getLogger(__name__)


@dataclass
class Gathered:
    """What the schools gave: judged notes of the trial, levels of who waits now, outcomes of late. Never stored."""

    judged: list[Judged] = field(default_factory=list)
    waiting: list[tuple[int, ...]] = field(default_factory=list)
    lately: list[Example] = field(default_factory=list)


def watch_city(*, now: datetime) -> str:
    """The night's work; returns the verdict, or "" when there was nothing to do. Twice a night is once."""
    city = organisations.the_city()
    step = phases.newest(city.id) if city else None
    if step is None or step.target not in (SHADOW, ON) or step.model is None:
        return ""
    row, pack = versions.version(step.city_id, step.model), point_packs.current(step.city_id).pack
    if row is None or _seen(step, now):
        return ""
    model, rules = model_from(row.weights), trial_packs.current()
    if not fits(model, pack.learned()):
        return _keep(step, None, {"verdict": Verdict.UNFIT.value, "signs": {}}, now)
    found = _gathered(step, model, pack, now)
    watch = watched(
        model, row.card, waiting=found.waiting, lately=found.lately, rules=rules.drift, resamples=rules.resamples
    )
    return _keep(step, measured(found.judged, rules) if step.target == SHADOW else None, watch, now)


def _seen(step: PhaseStep, now: datetime) -> bool:
    return ModelNight.objects.filter(city_id=step.city_id, step=step.number, night=timezone.localdate(now)).exists()


def _gathered(step: PhaseStep, model: Model, pack: PointPack, now: datetime) -> Gathered:
    """A school that fails is told in the log and left out tonight."""
    found = Gathered()
    for place, school_id in enumerate(organisations.school_ids()):
        try:
            with transaction.atomic():
                one = _school(step, model, pack, school_id, place, now)
        except Exception:
            log.exception("the night's look at a school failed", extra={"school": school_id})
            continue
        found.judged += one.judged
        found.waiting += one.waiting
        found.lately += one.lately
    return found


def _school(step: PhaseStep, model: Model, pack: PointPack, school_id: int, place: int, now: datetime) -> Gathered:
    by, since = night_actor(school_id), now - timezone.timedelta(days=trial_packs.current().drift.days)
    phases.hold_still()
    with entered(by):
        here, judged = surroundings.school(by), []
        current = phases.newest(step.city_id)
        if step.target == SHADOW and current is not None and current.number == step.number:
            note(trial=step.number, model=model, pack=pack, here=here, by=by, now=now)
            judged = shadow.judged(by, here, model, trial=step.number, place=place)
        waiting = [
            levels_of(here, those[0].student, Subject(now, frozenset({thing})), model.signs)
            for thing, those in surroundings.subjects_of_open(here).items()
        ]
        return Gathered(judged, waiting, examples(by, model.signs, place=place, here=here, since=since))


@transaction.atomic
def _keep(step: PhaseStep, figures: dict[str, Any] | None, watch: dict[str, Any], now: datetime) -> str:
    """The sums of the night; and back to the trial, if the model orders and things are not as they were."""
    phases.hold_still()
    current = phases.newest(step.city_id)
    if current is None or current.number != step.number:
        return ""
    by = system_actor(school_id=None, sight=frozenset(), purpose=PURPOSE)
    row = ModelNight(city_id=step.city_id, step=step.number, night=timezone.localdate(now), at=now)
    row.figures, row.watch = figures, watch
    with entered(by):
        row.save(force_insert=True)
        detail = {"step": step.number, "verdict": watch["verdict"]}
        record(
            by=by, action="early_warning.watch", subject_kind="model_night", subject_id=row.id, now=now, detail=detail
        )
        if step.target == ON and watch["verdict"] in GOES_BACK:
            given = {"model": step.model, "reason": "", "figures": watch}
            back = write_step(city_id=step.city_id, verb="drift", given=given, by=by, now=now)
            officers = people.holders(Role.CITY_OFFICER, school_id=None, today=timezone.localdate(now))
            notifications.notify(
                to=officers, kind="attention", path=PATH, by=by, now=now, key=f"order-step:{back.number}"
            )
    return str(watch["verdict"])
