"""An officer opens the identity of one pupil of one thread, for an hour; another officer reviews it within three days.

The order is the promise: the terms are checked, the row and both trails are written and the school is told, and only a
later request shows a name. When the hour is over there is no such page.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from qingyan.cases.models import CrisisThread, Glass
from qingyan.cases.models.glass import Verdict
from qingyan.cases.policy import BREAK_GLASS, LOOK_THROUGH, OVERSEE, REVIEW_GLASS
from qingyan.cases.queries.crisis_packs import crisis
from qingyan.cases.queries.pseudonym import Behind, behind
from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people
from qingyan.people.contracts import Pupil

PROOF_LASTS = timedelta(minutes=5)
FEWEST_LETTERS = 10
REVIEWS = "/oversight/glasses/"


class NotProved(Exception):
    """The officer has not shown a moment ago that it is really them."""


class Unfit(Exception):
    """No such purpose, or too few words about it; its text is a code."""


@dataclass(frozen=True)
class Terms:
    """Why: a purpose of the pack, and in the officer's own words."""

    reason: str
    words: str = field(repr=False)


def break_glass(*, thread_id: UUID, terms: Terms, proved_at: datetime | None, by: Actor, now: datetime) -> Glass:
    """Record the opening and tell the school; shows nothing yet. Raises NotVisible, NotProved, Unfit, NotAllowed."""
    require(by, BREAK_GLASS)
    rows = CrisisThread.objects.select_for_update(of=("self",)).filter(permitted_rows(by, OVERSEE), id=thread_id)
    thread = rows.first()
    if thread is None or by.id is None:
        raise NotVisible(BREAK_GLASS.code)
    if proved_at is None or not timedelta(0) <= now - proved_at <= PROOF_LASTS:
        raise NotProved
    if thread.ended_at is not None:
        raise NotAllowed("glass: the crisis has ended")
    pack = crisis().glass
    if terms.reason not in {one.code for one in pack.reasons} or len(terms.words.strip()) < FEWEST_LETTERS:
        raise Unfit("terms")
    glass = Glass(
        school_id=thread.school_id,
        thread=thread,
        opened_by_id=by.id,
        opened_at=now,
        expires_at=now + timedelta(minutes=pack.minutes),
        reason=terms.reason,
        words=terms.words.strip(),
        review_due_at=now + timedelta(hours=pack.review_hours),
    )
    glass.save(force_insert=True)
    school = behind(thread)
    _in_both_trails("glass.broken", glass, school, by=by, now=now)
    notifications.notify(
        to=school.staff, kind="attention_now", path=school.path, by=by, now=now, key=f"glass:{glass.id}"
    )
    _ask_for_review(glass, by=by, now=now)
    return glass


def look_through(*, glass_id: UUID, by: Actor, now: datetime) -> tuple[Glass, Pupil]:
    """Who it is, for whoever opened it, as long as the hour lasts. Recorded in the school's trail first.

    Raises NotVisible: another person, another thread, after the hour.
    """
    rows = Glass.objects.select_related("thread", "school").filter(permitted_rows(by, LOOK_THROUGH), id=glass_id)
    glass = rows.first()
    if glass is None or now >= glass.expires_at or now < glass.opened_at:
        raise NotVisible(LOOK_THROUGH.code)
    school = behind(glass.thread)
    _in_both_trails("glass.looked", glass, school, by=by, now=now)
    lent = _lent(glass, school, by)
    with entered(lent):
        pupil = people.pupil(lent, school.student)
    if pupil is None:
        raise NotVisible(LOOK_THROUGH.code)
    return glass, pupil


def review(*, glass_id: UUID, verdict: str, words: str, by: Actor, now: datetime) -> Glass:
    """Another officer's word on the opening; said once. Raises NotVisible, NotAllowed, Unfit."""
    rows = Glass.objects.select_for_update(of=("self",)).select_related("thread")
    glass = rows.filter(permitted_rows(by, REVIEW_GLASS), id=glass_id).first()
    if glass is None or by.id is None:
        raise NotVisible(REVIEW_GLASS.code)
    if glass.reviewed_at is not None:
        raise NotAllowed("glass: reviewed already")
    if verdict not in Verdict.values or not words.strip():
        raise Unfit("review")
    glass.reviewed_by_id, glass.reviewed_at, glass.verdict, glass.review_words = by.id, now, verdict, words.strip()
    glass.save(update_fields=["reviewed_by", "reviewed_at", "verdict", "review_words"])
    school = behind(glass.thread)
    _in_both_trails("glass.reviewed", glass, school, by=by, now=now)
    notifications.notify(
        to=school.staff | {glass.opened_by_id},
        kind="reply",
        path=REVIEWS,
        by=by,
        now=now,
        key=f"glass-review:{glass.id}",
    )
    return glass


def look_at_glasses(*, shown: int, by: Actor, now: datetime) -> None:
    """That the list of openings was looked at; it names officers and case codes."""
    require(by, OVERSEE)
    record(by=by, action="glass.list", subject_kind="glasses", subject_id="list", now=now, detail={"shown": shown})


def _lent(glass: Glass, school: Behind, by: Actor) -> Actor:
    """The officer's own id in the narrow scope of exactly this pupil: the database shows no other."""
    return Actor(
        kind=Kind.SYSTEM,
        id=by.id,
        name=by.name,
        school_id=glass.school_id,
        student_id=school.student,
        purpose=f"glass: {glass.reason}",
        request_id=by.request_id,
        extra_sight=frozenset({Sight.IDENTITY}),
    )


def _in_both_trails(action: str, glass: Glass, school: Behind, *, by: Actor, now: datetime) -> None:
    """The school's trail names the pupil, so that "who looked at my file" is whole; the platform's does not."""
    detail = {"thread": glass.thread_id, "reason": glass.reason}
    record(by=by, action=action, subject_kind="glass", subject_id=glass.id, now=now, detail=detail)
    lent = _lent(glass, school, by)
    with entered(lent):
        record(
            by=lent,
            action=action,
            subject_kind="glass",
            subject_id=glass.id,
            student_id=school.student,
            now=now,
            detail=detail,
        )


def _ask_for_review(glass: Glass, *, by: Actor, now: datetime) -> None:
    (school,) = organisations.schools_by_id([glass.school_id])
    above = {one.account for one in people.leads_over(school.district_id, timezone.localdate(now))} - {by.id}
    key = f"glass-open:{glass.id}"
    notifications.notify(to=above, kind="decision_wanted", path=REVIEWS, by=by, now=now, key=key)
