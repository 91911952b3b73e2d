"""After an incident: begin its care, name groups, plan and hold talks with classes, set duty, tick the list off."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from qingyan.cases.models import CareCheck, CareDuty, ClassTalk, Postvention, Ring
from qingyan.cases.policy import RUN_POSTVENTION
from qingyan.cases.queries.postventions import POSTVENTION, class_ids, postvention_pack, staff_ids
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record

M = TypeVar("M", Postvention, Ring, ClassTalk, CareDuty, CareCheck)


class Unfit(Exception):
    """An unknown choice, or somebody or a class that is not of this school; a code."""


@dataclass(frozen=True)
class Group:
    """People who are thought of: how near, how many, in words, and who looks after them."""

    ring: str
    people: int
    words: str = field(repr=False)
    carer: UUID


def begin(*, kind: str, happened_at: datetime, media_owner: UUID, by: Actor, now: datetime) -> Postvention:
    """The incident, without a name. Raises NotVisible, Unfit."""
    require(by, RUN_POSTVENTION)
    known = {one.code for one in postvention_pack().kinds}
    if kind not in known or happened_at > now or media_owner not in staff_ids(by, now) or by.id is None:
        raise Unfit("begin")
    row = Postvention(
        school_id=by.school_id,
        kind=kind,
        pack=POSTVENTION,
        happened_at=happened_at,
        media_owner_id=media_owner,
        opened_by_id=by.id,
        opened_at=now,
    )
    return _kept("begun", row, row, by=by, now=now)


def add_ring(*, care: Postvention, group: Group, by: Actor, now: datetime) -> Ring:
    """A group that is thought of. Raises NotVisible, Unfit."""
    require(by, RUN_POSTVENTION, care)
    known = {one.code for one in postvention_pack().rings}
    if group.ring not in known or group.people < 1 or group.carer not in staff_ids(by, now):
        raise Unfit("ring")
    row = Ring(postvention=care, school_id=care.school_id, ring=group.ring, people=group.people, at=now)
    row.carer_id, row.words = group.carer, group.words.strip()
    return _kept("ring", care, row, by=by, now=now)


def plan_talk(
    *, care: Postvention, school_class: int, planned_at: datetime, leader: UUID, by: Actor, now: datetime
) -> ClassTalk:
    """A talk with one class. Raises NotVisible, Unfit."""
    require(by, RUN_POSTVENTION, care)
    if school_class not in class_ids(by, now) or leader not in staff_ids(by, now):
        raise Unfit("talk")
    row = ClassTalk(postvention=care, school_id=care.school_id, planned_at=planned_at, leader_id=leader)
    row.school_class_id = school_class
    return _kept("talk", care, row, by=by, now=now)


def hold_talk(*, care: Postvention, talk_id: UUID, by: Actor, now: datetime) -> ClassTalk:
    """It was held. Raises NotVisible when there is no such talk to be held."""
    require(by, RUN_POSTVENTION, care)
    row = ClassTalk.objects.filter(id=talk_id, postvention_id=care.id, held_at__isnull=True).first()
    if row is None:
        raise NotVisible(RUN_POSTVENTION.code)
    row.held_at = now
    row.save(update_fields=["held_at"])
    _told("held", care, by=by, now=now)
    return row


def set_duty(
    *, care: Postvention, account: UUID, hours: tuple[datetime, datetime], place: str, by: Actor, now: datetime
) -> CareDuty:
    """Who is there, from when until when. Raises NotVisible, Unfit."""
    require(by, RUN_POSTVENTION, care)
    starts, ends = hours
    if ends <= starts or account not in staff_ids(by, now) or not place.strip():
        raise Unfit("duty")
    row = CareDuty(postvention=care, school_id=care.school_id, account_id=account, starts_at=starts, ends_at=ends)
    row.place = place.strip()
    return _kept("duty", care, row, by=by, now=now)


def tick(*, care: Postvention, item: str, by: Actor, now: datetime) -> None:
    """One item of the list is done; again changes nothing. Raises NotVisible, Unfit."""
    require(by, RUN_POSTVENTION, care)
    if item not in {one.code for one in postvention_pack().checklist} or by.id is None:
        raise Unfit("item")
    if not CareCheck.objects.filter(postvention_id=care.id, item=item).exists():
        row = CareCheck(postvention=care, school_id=care.school_id, item=item, by_id=by.id, at=now)
        _kept("tick", care, row, by=by, now=now)


def open_care(*, care_id: UUID, by: Actor, now: datetime) -> Postvention:
    """The care that is about to be shown or changed; the look is recorded. Raises NotVisible."""
    rows = Postvention.objects.select_related("media_owner").filter(permitted_rows(by, RUN_POSTVENTION), id=care_id)
    care = rows.first()
    if care is None:
        raise NotVisible(RUN_POSTVENTION.code)
    _told("read", care, by=by, now=now)
    return care


def _kept(what: str, care: Postvention, row: M, *, by: Actor, now: datetime) -> M:
    row.save(force_insert=True)
    _told(what, care, by=by, now=now)
    return row


def _told(what: str, care: Postvention, *, by: Actor, now: datetime) -> None:
    record(by=by, action=f"postvention.{what}", subject_kind="postvention", subject_id=care.id, now=now)
