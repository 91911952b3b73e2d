"""Slots of a school in a round: add one, propose all, take one away. What was begun goes on whatever is changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.organisations.api import SchoolClass
from qingyan.screening.actions.campaigns import Unfit
from qingyan.screening.models import Campaign, Slot
from qingyan.screening.policy import MANAGE_CAMPAIGN
from qingyan.screening.queries.progress import progress_here
from qingyan.screening.queries.slots import slots_at_school
from qingyan.screening.rules.timetable import Group, lessons, staggered
from qingyan.screening.workflow import CLOSED


@dataclass(frozen=True)
class NewSlot:
    """A slot as somebody fills it in; no classes means all."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    room: str
    classes: tuple[int, ...]


@dataclass(frozen=True)
class Wish:
    """What a proposal is made from: when lessons begin, how long they are, how many devices the room has."""

    starts: tuple[time, ...]
    minutes: int
    devices: int
    room: str


def add_slot(*, campaign: Campaign, given: NewSlot, by: Actor, now: datetime) -> Slot:
    """Write down a slot of the actor's school. Raises Unfit."""
    slot = Slot(
        campaign=campaign,
        school_id=by.school_id,
        starts_at=given.starts_at,
        ends_at=given.ends_at,
        kind=given.kind,
        room=given.room,
        classes=list(given.classes),
    )
    require(by, MANAGE_CAMPAIGN, slot)
    faults = _faults(campaign, given, by)
    if faults:
        raise Unfit(faults)
    slot.save(force_insert=True)
    _record("slot.added", campaign, by=by, now=now)
    return slot


def propose(*, campaign: Campaign, wish: Wish, by: Actor, now: datetime) -> list[SchoolClass]:
    """Give every class without a regular slot its lesson; the classes that found none are returned. Raises Unfit."""
    require(by, MANAGE_CAMPAIGN, Slot(campaign=campaign, school_id=by.school_id))
    if campaign.state == CLOSED:
        raise Unfit([_("这次活动已经结束，不能再排场次。")])
    regular = list(slots_at_school(by.school_id, campaign).filter(kind=Slot.REGULAR).values_list("classes", flat=True))
    lines = [line for line in progress_here(by, campaign) if not _is_placed(line.school_class.id, regular)]
    free = lessons(
        opens_at=timezone.localtime(max(campaign.opens_at, now)),
        closes_at=timezone.localtime(campaign.closes_at),
        starts=wish.starts,
        minutes=wish.minutes,
    )
    groups = [Group(line.school_class.id, line.progress.invited) for line in lines]
    used, homeless = staggered(groups, free, devices=wish.devices)
    Slot.objects.bulk_create(
        Slot(
            campaign=campaign,
            school_id=by.school_id,
            starts_at=lesson.starts_at,
            ends_at=lesson.starts_at + timedelta(minutes=wish.minutes),
            room=wish.room,
            classes=lesson.classes,
        )
        for lesson in used
    )
    _record("slot.proposed", campaign, by=by, now=now)
    return [line.school_class for line in lines if line.school_class.id in homeless]


def remove_slot(*, slot: Slot, by: Actor, now: datetime) -> None:
    """Take a slot away."""
    require(by, MANAGE_CAMPAIGN, slot)
    campaign = slot.campaign
    slot.delete()
    _record("slot.removed", campaign, by=by, now=now)


def _is_placed(class_id: int, regular: Sequence[Sequence[int]]) -> bool:
    """Whether one of the regular slots is meant for the class; a slot without classes is meant for all."""
    return any(not classes or class_id in classes for classes in regular)


def _faults(campaign: Campaign, given: NewSlot, by: Actor) -> list[str]:
    faults = []
    if given.ends_at <= given.starts_at:
        faults.append(_("结束时间要晚于开始时间。"))
    if given.starts_at < campaign.opens_at or given.ends_at > campaign.closes_at:
        faults.append(_("场次要在活动的开始和结束时间之内。"))
    if campaign.state == CLOSED:
        faults.append(_("这次活动已经结束，不能再排场次。"))
    if SchoolClass.objects.filter(id__in=given.classes, school_id=by.school_id).count() != len(set(given.classes)):
        faults.append(_("所选班级不在本校。"))
    return faults


def _record(action: str, campaign: Campaign, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="campaign", subject_id=campaign.id, now=now)
