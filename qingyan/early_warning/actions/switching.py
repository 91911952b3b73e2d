"""A named officer decides how far the order is helped; one step switches everything off at once, in every school."""

from datetime import datetime
from typing import Any

from qingyan.alerts import api as alerts
from qingyan.early_warning.models import PhaseStep
from qingyan.early_warning.policy import SWITCH
from qingyan.early_warning.queries import phases, point_packs
from qingyan.early_warning.workflow import BY_PEOPLE, OFF, PHASE
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations import api as organisations

PURPOSE = "take back what helped the order of the queue"


def switch(*, city_id: int, verb: str, by: Actor, now: datetime) -> PhaseStep:
    """Take one step. Raises NotVisible, and NotAllowed when it is no step from here or something it needs is missing.

    Switching off takes back every hint in the same transaction: from then on each queue stands in its plain order.
    """
    row = PhaseStep(city_id=city_id)
    require(by, SWITCH, row)
    if by.id is None:
        raise NotVisible(SWITCH.code)
    if verb not in BY_PEOPLE:
        raise NotAllowed(f"order: {verb} is no step of people")
    row = write_step(city_id=city_id, verb=verb, given=_given(city_id), by=by, now=now)
    if row.target == OFF:
        clear_everywhere(now=now)
    return row


def write_step(*, city_id: int, verb: str, given: dict[str, Any], by: Actor, now: datetime) -> PhaseStep:
    """The step in the table, with its line in the trail. Two at the same time: the second fails as a whole."""
    phases.hold_still()
    before = phases.newest(city_id)
    origin = before.target if before else OFF
    row = PhaseStep(
        city_id=city_id,
        number=before.number + 1 if before else 1,
        verb=verb,
        origin=origin,
        target=PHASE.target(verb=verb, origin=origin, given=given),
        model=given.get("model"),
        at=now,
        by_id=by.id,
    )
    row.save(force_insert=True)
    detail = {"from": origin, "to": row.target, "model": row.model}
    record(by=by, action=f"early_warning.{verb}", subject_kind="phase_step", subject_id=row.id, now=now, detail=detail)
    return row


def clear_everywhere(*, now: datetime) -> None:
    """Take back every hint, school by school, each in its own scope."""
    for school_id in organisations.school_ids():
        at_school = system_actor(school_id=school_id, sight=frozenset({Sight.ALERTS}), purpose=PURPOSE)
        with entered(at_school):
            alerts.set_order_hints(hints={}, by=at_school, now=now)


def _given(city_id: int) -> dict[str, Any]:
    return {"signature": point_packs.current(city_id).is_signed}
