"""A named officer decides how far the order is helped; one step switches everything off at once, in every school."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from qingyan.alerts import api as alerts
from qingyan.early_warning.actions.shadowing import forget
from qingyan.early_warning.models import PhaseStep
from qingyan.early_warning.policy import SWITCH
from qingyan.early_warning.queries import phases, point_packs, trials
from qingyan.early_warning.workflow import BY_PEOPLE, OFF, ON, PHASE, SHADOW
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations import api as organisations

PURPOSE = "take back what helped the order of the queue"
FEWEST_LETTERS = 10  # of a reason
PROOF_HOLDS = timedelta(minutes=5)


@dataclass(frozen=True)
class Wish:
    """One step that somebody wants: the model that it is about (to try one); to let it order: why, and when it was
    proved by a password that it is really this person."""

    verb: str
    model: int | None = None
    reason: str = ""
    proved_at: datetime | None = None


def switch(*, city_id: int, wish: Wish, by: Actor, now: datetime) -> PhaseStep:
    """Take one step. Raises NotVisible, and NotAllowed when it is no step from here or something it needs is missing.

    Leaving a model or switching off takes back every hint in the same transaction: from then on each queue stands in
    its plain order, until the hour's work brings the points, if they are in use.
    """
    row = PhaseStep(city_id=city_id)
    require(by, SWITCH, row)
    if by.id is None:
        raise NotVisible(SWITCH.code)
    if wish.verb not in BY_PEOPLE:
        raise NotAllowed(f"order: {wish.verb} is no step of people")
    phases.hold_still()
    given = _given(city_id, wish, by=by, now=now)
    return write_step(city_id=city_id, verb=wish.verb, given=given, by=by, now=now)


def write_step(*, city_id: int, verb: str, given: dict[str, Any], by: Actor, now: datetime) -> PhaseStep:
    """The step in the table, with its line in the trail and what follows from it in every school."""
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
        reason=given.get("reason", ""),
        figures=given.get("figures"),
    )
    row.save(force_insert=True)
    detail = {"from": origin, "to": row.target, "model": row.model}
    record(by=by, action=f"early_warning.{verb}", subject_kind="phase_step", subject_id=row.id, now=now, detail=detail)
    if origin == ON or row.target == OFF:
        clear_everywhere(now=now)
    if origin == SHADOW:
        forget(now=now)
    return row


def clear_everywhere(*, now: datetime) -> None:
    """Take back every hint, school by school, each in its own scope."""
    for school_id in organisations.school_ids():
        at_school = system_actor(school_id=school_id, sight=frozenset({Sight.ALERTS}), purpose=PURPOSE)
        with entered(at_school):
            alerts.set_order_hints(hints={}, by=at_school, now=now)


def _given(city_id: int, wish: Wish, *, by: Actor, now: datetime) -> dict[str, Any]:
    """What the step may need, as far as it is there: the table says what it does need."""
    given: dict[str, Any] = {"signature": point_packs.current(city_id).is_signed}
    before = phases.newest(city_id)
    if wish.verb == "start_shadow":
        return given | _model(city_id, wish.model)
    if wish.verb in ("switch_on", "back_to_shadow"):
        given |= _model(city_id, before.model if before else None)
    standing = trials.standing(city_id, by.id, now)
    if wish.verb == "switch_on" and standing is not None:
        given |= {one.code: one.met for one in standing.conditions}
        given["reason"] = wish.reason.strip() if len(wish.reason.strip()) >= FEWEST_LETTERS else ""
        given["proof"] = wish.proved_at is not None and timedelta(0) <= now - wish.proved_at <= PROOF_HOLDS
        given["figures"] = standing.trial.figures
    return given


def _model(city_id: int, number: int | None) -> dict[str, Any]:
    found = trials.usable(city_id, number)
    return {"model": found.number if found else None}
