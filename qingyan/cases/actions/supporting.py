"""The card for a class's teachers, and the log of contacts. A teacher's scope sees neither case nor to-dos."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from qingyan.cases.actions.levelling import next_contact
from qingyan.cases.contracts import CONTACT
from qingyan.cases.models import Case, ContactEntry, SupportCard, ToDo
from qingyan.cases.policy import CARRY, LOG_CONTACT
from qingyan.cases.workflow import OPEN_STATES
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

LENT = frozenset({Sight.CASES, Sight.SUPPORT})


def release_card(*, case: Case, words: str, next_on: date | None, by: Actor, now: datetime) -> SupportCard:
    """Give the teachers of the pupil's class a card; an older one is withdrawn. Raises NotVisible, NotAllowed."""
    require(by, CARRY, case)
    pupil = people.pupil(by, case.student_id)
    if pupil is None or pupil.school_class is None or not words.strip():
        raise NotAllowed("case: a card needs words and a pupil with a class")
    withdraw_card(case=case, by=by, now=now)
    card = SupportCard(
        school_id=case.school_id,
        school_class_id=pupil.school_class,
        student_id=case.student_id,
        released_at=now,
        released_by_id=by.id,
        next_on=next_on,
        words=words.strip(),
    )
    card.holders = people.class_teachers(by, pupil.school_class, timezone.localdate(now))
    card.save(force_insert=True)
    (school,) = organisations.schools_by_id([case.school_id])
    path = reverse("cases:support", kwargs={"slug": school.slug})
    notifications.notify(to=card.holders or [], kind="attention", path=path, by=by, now=now, key=f"card:{card.id}")
    _record("support.release", card.id, case.student_id, by=by, now=now)
    return card


def withdraw_card(*, case: Case, by: Actor, now: datetime) -> int:
    """The card is no longer shown; whoever ends the case need not see it."""
    with entered(system_actor(school_id=case.school_id, sight=LENT, purpose="withdraw a support card")):
        gone = SupportCard.objects.filter(student_id=case.student_id, withdrawn_at__isnull=True).update(
            withdrawn_at=now
        )
    if gone:
        _record("support.withdraw", case.id, case.student_id, by=by, now=now)
    return gone


def log_contact(*, card: SupportCard, at: datetime, way: str, words: str, by: Actor, now: datetime) -> ContactEntry:
    """Somebody was in touch; what was due is done, the next is planned. Raises NotVisible, NotAllowed."""
    require(by, LOG_CONTACT, card)
    if by.id is None or card.withdrawn_at is not None:
        raise NotVisible(LOG_CONTACT.code)
    if at > now or not words.strip():
        raise NotAllowed("case: a contact needs a time that has passed, and words")
    row = ContactEntry(
        school_id=card.school_id,
        school_class_id=card.school_class_id,
        student_id=card.student_id,
        at=at,
        by_id=by.id,
        recorded_at=now,
        way=way,
        words=words.strip(),
    )
    row.save(force_insert=True)
    with entered(system_actor(school_id=card.school_id, sight=LENT, purpose="tick off a contact")):
        _tick_off(card, by=by, now=now)
    _record("support.contact", card.id, card.student_id, by=by, now=now)
    return row


def _tick_off(card: SupportCard, *, by: Actor, now: datetime) -> None:
    rows = Case.objects.select_for_update(of=("self",)).filter(student_id=card.student_id, state__in=OPEN_STATES)
    case = rows.first()
    if case is None:
        return
    due = ToDo.objects.filter(case_id=case.id, kind=CONTACT, done_at__isnull=True, dropped_at__isnull=True)
    if due.update(done_at=now, done_by_id=by.id):
        next_contact(case=case, now=now)


def _record(action: str, subject: object, student, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="support_card", subject_id=subject, student_id=student, now=now)
