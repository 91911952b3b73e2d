"""A referral from the school's side: prepared, agreed to, sent with two printed codes, given up."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from qingyan.cases.actions.chasing import begin_chase, end_chase
from qingyan.cases.actions.codes import PrintedCodes, fresh_codes, void_codes
from qingyan.cases.actions.moving import Change, held, move
from qingyan.cases.actions.referral_steps import PREPARE, Done, held_referral, note_step, take_step, trace
from qingyan.cases.models import Case, Referral
from qingyan.cases.policy import REFER
from qingyan.cases.queries import packs
from qingyan.cases.queries.consenting import agrees
from qingyan.cases.rules.referral import CONSENT, STATION, basis_faults, content_faults
from qingyan.cases.workflow import CARE, ON_THE_WAY, REFERRAL
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations import api as organisations


class Unfit(Exception):
    """Something is missing or may not be; its text is a code of rules/referral.py or a field's name."""


class AlreadyReferred(Exception):
    """A referral of this kind is on its way for this case."""


@dataclass(frozen=True)
class Draft:
    """Where to, and what goes along: codes of the file, never free text about the pupil."""

    kind: str
    recipient: str = field(repr=False)
    reasons: Sequence[str]
    risks: Sequence[str]
    station_id: int | None = None


@dataclass(frozen=True)
class Agreed:
    """On which basis; what the guardian ticked. `reason` explains a statutory ground, for the school's own paper."""

    basis: str
    contact: bool = False
    diagnosis: bool = False
    reason: str = field(default="", repr=False)


def prepare(*, case: Case, draft: Draft, by: Actor, now: datetime) -> Referral:
    """Begin a referral. Raises NotVisible, Unfit, AlreadyReferred."""
    require(by, REFER, case)
    guide, recipient = packs.referral(), _recipient(draft, by)
    if wrong := content_faults(guide, {"reasons": draft.reasons, "risks": draft.risks}):
        raise Unfit(wrong[0])
    content = {"recipient": recipient, "reasons": list(draft.reasons), "risks": list(draft.risks)}
    referral = Referral(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        kind=draft.kind,
        station_id=draft.station_id if draft.kind == STATION else None,
        guide=guide.name,
        urgent=any(one.urgent for one in guide.risks if one.code in draft.risks),
        opened_at=now,
        since=now,
        due_at=REFERRAL.due(REFERRAL.initial, since=now),
        content=json.dumps(content, ensure_ascii=False),
    )
    try:
        with transaction.atomic():
            referral.save(force_insert=True)
    except IntegrityError as refusal:
        raise AlreadyReferred from refusal
    note_step(referral=referral, verb=PREPARE, origin="", note="", by=by, now=now)
    return referral


def agree(*, referral: Referral, agreed: Agreed, by: Actor, now: datetime) -> Referral:
    """Record the basis: the guardian's standing yes, or a ground with its reason. Raises NotVisible, Unfit."""
    require(by, REFER, referral.case)
    _check_basis(referral, agreed.basis, now)
    by_consent = agreed.basis == CONSENT
    if not by_consent and not agreed.reason.strip():
        raise Unfit("reason")
    referral.basis = agreed.basis
    referral.contact_agreed, referral.diagnosis_agreed = by_consent and agreed.contact, by_consent and agreed.diagnosis
    done = Done({"basis": agreed.basis}, note=agreed.reason.strip())
    return take_step(referral=referral, verb="consent", done=done, by=by, now=now)


def send(*, referral: Referral, by: Actor, now: datetime) -> PrintedCodes:
    """The letter goes: its two codes exist from now on and are known only to the caller. The chase begins.

    The basis is looked at once more. A case in care becomes a referred one. Raises NotVisible, Unfit, NotAllowed.
    """
    require(by, REFER, referral.case)
    _check_basis(referral, referral.basis, now)
    referral.sent_at = now
    take_step(referral=referral, verb="send", done=Done({"basis": referral.basis}), by=by, now=now)
    begin_chase(referral=referral, by=by, now=now)
    if referral.case.state == CARE:
        move(case=referral.case, verb="refer", change=Change(given={"referral": referral.id}), by=by, now=now)
    return fresh_codes(referral=referral, validity=timedelta(days=packs.referral().letter_days), now=now)


def renew(*, referral: Referral, by: Actor, now: datetime) -> PrintedCodes:
    """A new letter; the codes of older ones and open sessions end. Raises NotVisible, Unfit, NotAllowed."""
    require(by, REFER, referral.case)
    if referral.state not in ON_THE_WAY:
        raise NotAllowed("referral: nothing is on its way")
    _check_basis(referral, referral.basis, now)
    trace(referral, "referral.letter_renewed", None, by=by, now=now)
    return fresh_codes(referral=referral, validity=timedelta(days=packs.referral().letter_days), now=now)


def print_letter(
    *, case_id: UUID, referral_id: UUID, again: bool, by: Actor, now: datetime
) -> tuple[Referral, PrintedCodes]:
    """Send it, or print `again` what is on its way. Raises NotVisible, Unfit, NotAllowed.

    While the file comes the page stays as it is, so its first button may be pressed twice: that voids no code.
    """
    referral = held_referral(held(by, case_id, REFER).id, referral_id)
    act = renew if again else send
    return referral, act(referral=referral, by=by, now=now)


def decline(*, referral: Referral, reason: str, by: Actor, now: datetime) -> Referral:
    """Nothing comes of it; whatever was printed opens nothing more. Raises NotVisible, NotAllowed."""
    require(by, REFER, referral.case)
    done = Done({"reason": reason.strip()}, note=reason.strip())
    take_step(referral=referral, verb="decline", done=done, by=by, now=now)
    void_codes(referral, now)
    end_chase(referral=referral, by=by, now=now)
    return referral


def _recipient(draft: Draft, by: Actor) -> str:
    if draft.kind != STATION:
        if not draft.recipient.strip():
            raise Unfit("recipient")
        return draft.recipient.strip()
    stations: dict[int, str] = {one.id: one.name for one in organisations.stations_for(by)}
    if draft.station_id not in stations:
        raise Unfit("station")
    return stations[draft.station_id]


def _check_basis(referral: Referral, basis: str, now: datetime) -> None:
    agreed = basis == CONSENT and agrees(referral.case, referral.kind, now)
    crisis = referral.case.crisis
    if wrong := basis_faults(packs.referral(), basis=basis, agreed=agreed, crisis=crisis):
        raise Unfit(wrong[0])
