"""Slips of many classes at once: asked for, made in the background, fetched once within half an hour, then erased.

The codes exist only while the PDF is being made; it waits sealed with the school's key, for the person who asked.
"""

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.api import enqueue
from qingyan.organisations.api import schools_by_id
from qingyan.people.actions.slips import NoPupils, issue
from qingyan.people.models import SlipPrint
from qingyan.people.policy import MANAGE_SLIPS
from qingyan.people.queries.slip_pdf import ClassOfSlips, slips_pdf
from qingyan.people.queries.slips import KEPT_FOR, school_class

JOB = "people.print_slips"


def ask(*, classes: Sequence[int], days: int, address: str, by: Actor, now: datetime) -> SlipPrint:
    """Have new slips made for these classes of the actor's school. Raises NotVisible, NoPupils (no class chosen)."""
    require(by, MANAGE_SLIPS)
    if not classes:
        raise NoPupils
    for class_id in classes:
        if school_class(by, class_id) is None:
            raise NotVisible("no such class")
    erase_old(by=by, now=now)
    wanted = SlipPrint.objects.create(
        school_id=by.school_id, asked_by_id=by.id, asked_at=now, classes=list(classes), days=days, address=address
    )
    enqueue(JOB, by=by, key=f"{JOB}:{wanted.id}", print_id=str(wanted.id))
    _record("slips.printing_asked", wanted, by=by, now=now)
    return wanted


def make(*, print_id: UUID, by: Actor, now: datetime) -> int:
    """Issue the slips, set the PDF and keep it sealed; returns how many slips. In the background."""
    require(by, MANAGE_SLIPS)
    wanted = SlipPrint.objects.select_for_update().get(id=print_id)
    made = []
    for class_id in wanted.classes:
        here = school_class(by, class_id)
        try:
            slips = issue(class_id=class_id, validity=timedelta(days=wanted.days), by=by, now=now)
        except NoPupils:
            continue
        if here is not None:
            made.append(ClassOfSlips(str(here), here.code, slips))
    school = schools_by_id([wanted.school_id])[0]
    content = slips_pdf(made, school=school.short_name, address=wanted.address) if made else b""
    wanted.slips, wanted.made_at = sum(len(one.slips) for one in made), now
    wanted.pdf = base64.b64encode(content).decode() if content else None
    wanted.save(update_fields=["slips", "made_at", "pdf"])
    _record("slips.printed", wanted, by=by, now=now)
    return wanted.slips


def fetch(*, print_id: UUID, by: Actor, now: datetime) -> bytes:
    """The PDF, once, for whoever asked for it; erased with this. Raises NotVisible when it is gone or not one's own."""
    require(by, MANAGE_SLIPS)
    mine = SlipPrint.objects.select_for_update().filter(permitted_rows(by, MANAGE_SLIPS), asked_by_id=by.id)
    found = mine.filter(id=print_id, made_at__gt=now - KEPT_FOR, pdf__isnull=False).first()
    if found is None or found.pdf is None:
        raise NotVisible("no such print")
    content = base64.b64decode(found.pdf)
    found.pdf, found.fetched_at = None, now
    found.save(update_fields=["pdf", "fetched_at"])
    _record("slips.fetched", found, by=by, now=now)
    return content


def erase_old(*, by: Actor, now: datetime) -> int:
    """Erase what nobody fetched in time. Returns how many."""
    require(by, MANAGE_SLIPS)
    late = Q(pdf__isnull=False, made_at__lte=now - KEPT_FOR)
    gone = SlipPrint.objects.filter(permitted_rows(by, MANAGE_SLIPS), late).update(pdf=None)
    if gone:
        record(by=by, action="slips.erased", subject_kind="school", subject_id=by.school_id, now=now)
    return gone


def _record(action: str, wanted: SlipPrint, *, by: Actor, now: datetime) -> None:
    detail = {"classes": len(wanted.classes), "slips": wanted.slips}
    record(by=by, action=action, subject_kind="slip_print", subject_id=wanted.id, detail=detail, now=now)
