"""One step of a referral: the one place that writes its state, its history and its lines in the trail."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from qingyan.cases.models import Referral, ReferralStep
from qingyan.cases.workflow import OPEN_REFERRAL, REFERRAL
from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.audit.api import record

PREPARE = "prepare"
FIELDS = ["state", "basis", "contact_agreed", "diagnosis_agreed", "since", "due_at", "sent_at", "appointment_at"]


@dataclass(frozen=True)
class Done:
    """What goes with a step: what the table needs, and what somebody says about it."""

    given: dict[str, object] = field(default_factory=dict)
    note: str = field(default="", repr=False)


def held_referral(case_id: UUID, referral_id: UUID) -> Referral:
    """The referral of this case, held until the transaction ends. Raises NotVisible."""
    found = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("case")
        .filter(case_id=case_id, id=referral_id)
        .first()
    )
    if found is None:
        raise NotVisible("cases.refer")
    return found


def take_step(*, referral: Referral, verb: str, done: Done, by: Actor, now: datetime) -> Referral:
    """Take the step `verb` of the table REFERRAL. Raises NotAllowed."""
    origin = referral.state
    referral.state = REFERRAL.target(verb=verb, origin=origin, given=done.given)
    ended = referral.state not in OPEN_REFERRAL
    referral.since, referral.ended_at = now, now if ended else None
    referral.due_at = REFERRAL.due(referral.state, since=now)
    referral.save(update_fields=[*FIELDS, "ended_at"])
    note_step(referral=referral, verb=verb, origin=origin, note=done.note, by=by, now=now)
    return referral


def note_step(*, referral: Referral, verb: str, origin: str, note: str, by: Actor, now: datetime) -> None:
    """The history's row and the line in the trail. No word of a person enters the trail."""
    ReferralStep(
        referral=referral,
        school_id=referral.school_id,
        student_id=referral.student_id,
        at=now,
        by_id=by.id if by.kind is Kind.STAFF else None,
        verb=verb,
        origin=origin,
        target=referral.state,
        note=note or None,
    ).save(force_insert=True)
    trace(referral, f"referral.{verb}", {"from": origin, "to": referral.state}, by=by, now=now)


def trace(referral: Referral, action: str, detail: dict | None, *, by: Actor, now: datetime) -> None:
    """One line in the trail about this referral."""
    record(
        by=by,
        action=action,
        subject_kind="referral",
        subject_id=referral.id,
        student_id=referral.student_id,
        now=now,
        detail=detail,
    )
