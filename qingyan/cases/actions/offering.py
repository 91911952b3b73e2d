"""A case goes to a colleague who accepts it: one, or all that somebody carries. Nobody is left with nobody.

Whoever carries the case offers it; the cases of somebody who is no counsellor here any more are offered by a colleague.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from qingyan.cases.actions.carrying import hand_over
from qingyan.cases.actions.inheriting import hand_notes
from qingyan.cases.actions.opening import NoCounsellor
from qingyan.cases.models import Case, Handover
from qingyan.cases.policy import ANSWER_HANDOVER, OPEN_CASE, READ_HANDOVERS, TAKE_BACK
from qingyan.cases.queries.owners import counsellors
from qingyan.cases.workflow import HANDOVER, OFFERED, OPEN_STATES
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, Permission, permitted_rows, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations

MOST = 200  # cases offered at once


@dataclass(frozen=True)
class Offer:
    """To whom, why, and whether the offerer's own process notes go along."""

    receiver: UUID
    reason: str = field(repr=False)
    with_notes: bool = False


def offer(*, case: Case, offer: Offer, by: Actor, now: datetime) -> Handover:
    """Offer one case, which is held. Raises NotVisible, NoCounsellor, NotAllowed (ended, on offer, no reason)."""
    made = _offered(case, offer, by=by, now=now)
    _tell(offer.receiver, "decision_wanted", f"handover:{made.id}", by=by, now=now)
    return made


def offer_all(*, origin: UUID, offer: Offer, by: Actor, now: datetime) -> int:
    """Offer every open case that `origin` carries and that is not on offer; one notice. Gives back how many."""
    require(by, OPEN_CASE)
    held = Case.objects.select_for_update(of=("self",)).filter(permitted_rows(by, OPEN_CASE), state__in=OPEN_STATES)
    waiting = Handover.objects.filter(state=OFFERED).values("case_id")
    cases = list(held.filter(owner_id=origin).exclude(id__in=waiting).order_by("id")[:MOST])
    made = [_offered(case, offer, by=by, now=now) for case in cases]
    if made:
        _tell(offer.receiver, "decision_wanted", f"handover:{made[0].id}", by=by, now=now)
    return len(made)


def accept(*, ids: Iterable[UUID], by: Actor, now: datetime) -> int:
    """The receiver takes these cases over, each with its reason in the history. Gives back how many."""
    taken = 0
    for one in _held(ids, ANSWER_HANDOVER, by):
        case = Case.objects.select_for_update(of=("self",)).get(id=one.case_id)
        _answer(one, "accept", "", by=by, now=now)
        if case.state in OPEN_STATES and case.owner_id == one.origin_id:
            hand_over(case=case, owner_id=one.receiver_id, reason=one.reason or "", by=by, now=now)
            if one.with_notes:
                hand_notes(case=case, author=one.origin_id, heir=one.receiver_id, by=by, now=now)
            taken += 1
        _tell(one.by_id, "reply", f"handover-answer:{one.id}", by=by, now=now)
    return taken


def decline(*, ids: Iterable[UUID], reason: str, by: Actor, now: datetime) -> int:
    """The receiver cannot take these; they stay where they are. Raises NotAllowed without a reason."""
    rows = _held(ids, ANSWER_HANDOVER, by)
    for one in rows:
        _answer(one, "decline", reason.strip(), by=by, now=now)
        _tell(one.by_id, "reply", f"handover-answer:{one.id}", by=by, now=now)
    return len(rows)


def take_back(*, handover_id: UUID, by: Actor, now: datetime) -> Handover:
    """Whoever offered it takes the offer back. Raises NotVisible."""
    rows = _held([handover_id], TAKE_BACK, by)
    if not rows:
        raise NotVisible(TAKE_BACK.code)
    return _answer(rows[0], "take_back", "", by=by, now=now)


def look_at_handovers(*, shown: int, by: Actor, now: datetime) -> None:
    """That a page of offers was looked at, with masked names."""
    require(by, READ_HANDOVERS)
    record(by=by, action="handover.list", subject_kind="handovers", subject_id="list", now=now, detail={"shown": shown})


def _offered(case: Case, offer: Offer, *, by: Actor, now: datetime) -> Handover:
    require(by, OPEN_CASE, case)
    here = counsellors(by, now)
    if case.owner_id is None or case.state not in OPEN_STATES or not offer.reason.strip():
        raise NotAllowed("handover: an open case that somebody carries, and a reason")
    if by.id is None or (case.owner_id != by.id and case.owner_id in here):
        raise NotAllowed("handover: a colleague who is here offers the own cases")
    if offer.receiver not in here or offer.receiver == case.owner_id:
        raise NoCounsellor
    made = Handover(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        origin_id=case.owner_id,
        receiver_id=offer.receiver,
        by_id=by.id,
        at=now,
        reason=offer.reason.strip(),
        with_notes=offer.with_notes and case.owner_id == by.id,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as refusal:
        raise NotAllowed("handover: it is on offer already") from refusal
    _record("handover.offer", made, by=by, now=now)
    return made


def _held(ids: Iterable[UUID], permission: Permission, by: Actor) -> list[Handover]:
    require(by, permission)
    rows = Handover.objects.select_for_update(of=("self",)).filter(permitted_rows(by, permission), state=OFFERED)
    return list(rows.filter(id__in=list(ids)[:MOST]).order_by("id"))


def _answer(row: Handover, verb: str, words: str, *, by: Actor, now: datetime) -> Handover:
    row.state = HANDOVER.target(verb=verb, origin=row.state, given={"reason": words})
    row.answered_at, row.answer = now, words or None
    row.save(update_fields=["state", "answered_at", "answer"])
    _record(f"handover.{verb}", row, by=by, now=now)
    return row


def _tell(account: UUID, kind: str, key: str, *, by: Actor, now: datetime) -> None:
    (school,) = organisations.schools_by_id([by.school_id or 0])
    path = reverse("cases:handovers", kwargs={"slug": school.slug})
    notifications.notify(to=[account], kind=kind, path=path, by=by, now=now, key=key)


def _record(action: str, row: Handover, *, by: Actor, now: datetime) -> None:
    detail = {"case": row.case_id, "from": row.origin_id, "to": row.receiver_id}
    subject = {"subject_kind": "handover", "subject_id": row.id, "student_id": row.student_id}
    record(by=by, action=action, now=now, detail=detail, **subject)
