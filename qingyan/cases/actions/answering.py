"""What the receiver answers: a day, whether the pupil came, the slip. The school writes down the same from a telephone.

Each answer reaches whoever carries the case in neutral words; an emergency at once.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime

from qingyan.cases.actions.chasing import end_chase, tell
from qingyan.cases.actions.referral_steps import Done, take_step, trace
from qingyan.cases.actions.referring import Unfit
from qingyan.cases.models import Referral, ReferralSlip
from qingyan.cases.queries import packs
from qingyan.cases.workflow import ATTENDED
from qingyan.foundation.access.actor import Actor, Kind

LONGEST = 2000


@dataclass(frozen=True)
class Slip:
    """What comes back. The diagnosis is kept only if the guardian agreed that the school is told one."""

    fit: str
    emergency: bool
    next_visit: date | None
    conditions: str = field(default="", repr=False)
    advice: str = field(default="", repr=False)
    emergency_sign: str = field(default="", repr=False)
    signed: str = field(default="", repr=False)
    diagnosis: str = field(default="", repr=False)


def appoint(*, referral: Referral, at: datetime, by: Actor, now: datetime) -> Referral:
    """A day is given. Raises Unfit for a day that has gone, NotAllowed."""
    if at < now:
        raise Unfit("day")
    referral.appointment_at = at
    take_step(referral=referral, verb="appoint", done=Done({"day": at}), by=by, now=now)
    _tell_owner(referral, "reply", by=by, now=now)
    return referral


def attended(*, referral: Referral, came: bool, by: Actor, now: datetime) -> Referral:
    """Whether the pupil came; who did not come needs a call soon. Raises NotAllowed."""
    take_step(referral=referral, verb="attend" if came else "miss", done=Done(), by=by, now=now)
    _tell_owner(referral, "reply" if came else "attention", by=by, now=now)
    return referral


def give_slip(*, referral: Referral, slip: Slip, by: Actor, now: datetime) -> ReferralSlip:
    """The slip comes back and ends the chase; that the pupil came is part of it. Raises Unfit, NotAllowed."""
    _check(slip)
    if referral.state != ATTENDED:
        take_step(referral=referral, verb="attend", done=Done(), by=by, now=now)
    row = ReferralSlip(
        referral=referral,
        school_id=referral.school_id,
        student_id=referral.student_id,
        at=now,
        by_id=by.id if by.kind is Kind.STAFF else None,
        fit=slip.fit,
        emergency=slip.emergency,
        next_visit=slip.next_visit,
        content=json.dumps(_content(referral, slip), ensure_ascii=False),
    )
    row.save(force_insert=True)
    take_step(referral=referral, verb="return_slip", done=Done({"slip": row.id}), by=by, now=now)
    end_chase(referral=referral, by=by, now=now)
    if slip.emergency:
        trace(referral, "referral.emergency", None, by=by, now=now)
    _tell_owner(referral, "attention_now" if slip.emergency else "reply", by=by, now=now)
    return row


def _check(slip: Slip) -> None:
    if slip.fit not in {one.code for one in packs.referral().fits}:
        raise Unfit("fit")
    if slip.fit == "conditions" and not slip.conditions.strip():
        raise Unfit("conditions")
    if slip.emergency and not slip.emergency_sign.strip():
        raise Unfit("emergency_sign")


def _content(referral: Referral, slip: Slip) -> dict[str, str]:
    said = {
        "conditions": slip.conditions,
        "advice": slip.advice,
        "emergency_sign": slip.emergency_sign,
        "signed": slip.signed,
        "diagnosis": slip.diagnosis if referral.diagnosis_agreed else "",
    }
    return {key: text.strip()[:LONGEST] for key, text in said.items()}


def _tell_owner(referral: Referral, kind: str, *, by: Actor, now: datetime) -> None:
    owner = referral.case.owner_id
    if owner is not None and owner != by.id:
        key = f"referral:{referral.id}:{referral.state}:{now:%Y%m%d%H%M}"
        tell(owner=owner, case_id=referral.case_id, kind=kind, key=key, by=by, now=now)
