"""Who carries a case, and the steps that need only a reason. Taking over from a colleague is a step of its own."""

from datetime import datetime
from uuid import UUID

from qingyan.cases.actions.moving import HANDED_OVER, Change, move, write_step
from qingyan.cases.actions.opening import NoCounsellor
from qingyan.cases.models import Case
from qingyan.cases.policy import CARRY, OPEN_CASE
from qingyan.cases.queries.owners import counsellors
from qingyan.cases.workflow import OPEN_STATES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.pure.workflow import NotAllowed

# Steps of the table that need a reason and nothing else. Leave and return are decided in actions/leaving.py alone.
WITH_A_REASON = ("worsen", "settle", "feed_back")


def hand_over(*, case: Case, owner_id: UUID, reason: str, by: Actor, now: datetime) -> Case:
    """Another counsellor of the school carries the case from now on; said by the present one, or who steps in.

    Raises NotVisible, NoCounsellor, NotAllowed (an ended case, the same person, or no reason).
    """
    require(by, OPEN_CASE, case)
    if case.state not in OPEN_STATES or owner_id == case.owner_id or not reason.strip() or case.owner_id is None:
        raise NotAllowed("case: hand_over needs an open case, another person and a reason")
    if owner_id not in counsellors(by, now):
        raise NoCounsellor
    case.owner_id = owner_id
    case.save(update_fields=["owner"])
    write_step(case=case, verb=HANDED_OVER, origin=case.state, note=reason, by=by, now=now)
    return case


def step_with_reason(*, case: Case, verb: str, reason: str, by: Actor, now: datetime) -> Case:
    """Take one of WITH_A_REASON. Raises NotVisible, NotAllowed."""
    require(by, CARRY, case)
    if verb not in WITH_A_REASON:
        raise NotAllowed(f"case: {verb} needs its own paper")
    move(case=case, verb=verb, change=Change(given={"reason": reason.strip()}, note=reason.strip()), by=by, now=now)
    return case
