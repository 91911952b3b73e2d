"""On the day: seat a class, note that help was given, set a sheet aside that somebody else answered.

Seating reads the names of one class for somebody who may not read pupils (an invigilator): the platform reads them for
this purpose only, and the trail says who asked. See ADR 0016.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from qingyan.archives import api as archives
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.screening.models import Campaign, Seat, Sitting
from qingyan.screening.policy import SEE_SEATS
from qingyan.screening.queries.progress import ClassRow
from qingyan.screening.workflow import OPEN, SET_ASIDE, SITTING

SEATING_SIGHT = frozenset({Sight.IDENTITY, Sight.PROGRESS})
SEATING = "seat a class"


class NotOpen(Exception):
    """Seats are given in an open round only."""


def seat_class(*, campaign: Campaign, school_class: SchoolClass, masked: bool, by: Actor, now: datetime) -> int:
    """Give every enrolled pupil of the class a seat, in the order of names; who has one keeps it. Returns their number.

    Raises NotVisible, NotOpen.
    """
    require(by, SEE_SEATS, ClassRow(school_class.school_id, school_class.id))
    if campaign.state != OPEN:
        raise NotOpen
    platform = system_actor(school_id=by.school_id, sight=SEATING_SIGHT, purpose=SEATING)
    with entered(platform):
        seats = _seats(campaign, school_class, masked, platform)
    record(
        by=by,
        action="class.seated",
        subject_kind="class",
        subject_id=school_class.id,
        detail={"campaign": campaign.id, "seats": seats, "masked": masked},
        now=now,
    )
    return seats


def give_help(*, sitting_id: UUID, by: Actor, now: datetime) -> None:
    """Somebody has gone to the pupil: the seat is quiet again. What the counsellor was told stays as it is."""
    sitting = _locked(sitting_id, by)
    sitting.help_given_at = now
    sitting.save(update_fields=["help_given_at"])
    _record("help.given", sitting, by=by, now=now)


def set_aside(*, sitting_ids: Collection[UUID], by: Actor, now: datetime) -> int:
    """These sheets were answered by somebody else. Nothing is deleted; the pupil may begin afresh. Returns how many.

    Whoever sits there is signed out: otherwise the wrong pupil would begin the new sheet.
    """
    for sitting_id in sitting_ids:
        sitting = _locked(sitting_id, by)
        before = sitting.state
        sitting.state = SITTING.target(verb="set_aside", origin=before)
        sitting.save(update_fields=["state"])
        people.end_sessions_of(school_id=sitting.school_id, student_id=sitting.student_id, now=now)
        with connection.cursor() as cursor:
            cursor.execute(archives.ENTRY, _entry(sitting, now))
        _record("sitting.set_aside", sitting, by=by, now=now, before=before)
    return len(sitting_ids)


def clear_seats(*, by: Actor, now: datetime) -> int:
    """Take away the seats of this school's rounds that have ended. Returns how many."""
    gone, _ = Seat.objects.filter(school_id=by.school_id, campaign__closes_at__lt=now).delete()
    if gone:
        record(by=by, action="seats.cleared", subject_kind="seat", subject_id="", detail={"seats": gone}, now=now)
    return gone


def _seats(campaign: Campaign, school_class: SchoolClass, masked: bool, platform: Actor) -> int:
    pupils = people.pupils_of_class(platform, school_class.id)
    here = Seat.objects.filter(campaign=campaign, school_id=platform.school_id)
    here.filter(school_class=school_class).exclude(student_id__in=[pupil.id for pupil in pupils]).delete()
    kept = {seat.student_id: seat for seat in here.filter(student_id__in=[pupil.id for pupil in pupils])}
    taken = {seat.number for seat in kept.values() if seat.school_class_id == school_class.id}
    free = (number for number in range(1, len(pupils) + len(taken) + 1) if number not in taken)
    for pupil in pupils:
        shown = {"shown_name": pupil.masked_name if masked else pupil.name, "masked": masked}
        seat = kept.get(pupil.id)
        stays = seat is not None and seat.school_class_id == school_class.id
        place = {"school_class": school_class, "number": seat.number if stays and seat else next(free)}
        Seat.objects.update_or_create(
            campaign=campaign, student_id=pupil.id, school_id=platform.school_id, defaults={**shown, **place}
        )
    return len(pupils)


def _locked(sitting_id: UUID, by: Actor) -> Sitting:
    rows = Sitting.objects.select_for_update().filter(id=sitting_id, school_id=by.school_id)
    sitting = rows.exclude(state=SET_ASIDE).first()
    if sitting is None:
        raise NotVisible("no such sitting")
    require(by, SEE_SEATS, sitting)
    return sitting


def _entry(sitting: Sitting, now: datetime) -> tuple:
    title = instruments.instrument(sitting.instrument, sitting.version).title.zh
    return archives.entry_values(
        school_id=sitting.school_id,
        student_id=sitting.student_id,
        kind=str(archives.EntryKind.SET_ASIDE),
        at=now,
        title=f"{title}：答卷已搁置，不是本人作答",
        source=sitting.id,
        content={},
    )


def _record(action: str, sitting: Sitting, *, by: Actor, now: datetime, **detail: str) -> None:
    record(
        by=by,
        action=action,
        subject_kind="sitting",
        subject_id=sitting.id,
        student_id=sitting.student_id,
        detail=detail or None,
        now=now,
    )
