"""Shortcuts to cases in each state. Not a test."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from qingyan.cases.actions import opening
from qingyan.cases.actions.interviewing import Talk, record_interview
from qingyan.cases.contracts import NewSource
from qingyan.cases.models import Case
from qingyan.cases.queries import packs
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.people.models import Post
from tests.factories.city import Cast, Place, _staff

WORDS = "最近两周常常一个人待着"


def counsellor(cast: Cast, place: Place | None = None) -> Actor:
    """The counsellor of a school, standing there."""
    where = place or cast.home
    return cast.actor(where.counsellor, where)


def leader(cast: Cast, place: Place | None = None) -> Actor:
    """The principal of a school, standing there."""
    where = place or cast.home
    return cast.actor(where.principal, where)


def colleague(cast: Cast, place: Place | None = None) -> Actor:
    """A second counsellor of the school."""
    where = place or cast.home
    account = _staff(f"{where.school.slug}.second", "苏禾", Role.COUNSELLOR, school=where.school)
    assert Post.objects.filter(account=account).exists()
    return cast.actor(account, where)


def opened(
    cast: Cast,
    *,
    urgency: str = "yellow",
    owner: UUID | None = None,
    by: Actor | None = None,
    now: datetime | None = None,
) -> Case:
    """A case of the pupil of the story, taken by the counsellor unless `owner` says otherwise."""
    who = by or counsellor(cast)
    with entered(who):
        return opening.open_case(
            student_id=cast.home.pupil.id,
            source=NewSource("hand", None, WORDS),
            urgency=urgency,
            owner_id=owner or who.id,
            by=who,
            now=now or timezone.now(),
        )


def candidate(cast: Cast, *, urgency: str = "yellow", now: datetime | None = None) -> Case:
    """A case that nobody carries yet."""
    who = counsellor(cast)
    with entered(who):
        return opening.open_case(
            student_id=cast.home.pupil.id,
            source=NewSource("hand", None, WORDS),
            urgency=urgency,
            owner_id=None,
            by=who,
            now=now or timezone.now(),
        )


ANSWERS = {"thoughts": "none", "plan": "none", "acts": "none", "others": "none", "own_words": WORDS}
NOTHING_FOUND = {one.code: "no" for one in packs.law().situations}


def talk(now: datetime | None = None, **changes) -> Talk:
    """A calm talk that proposes yellow."""
    given = {
        "at": (now or timezone.now()) - timedelta(minutes=30),
        "answers": ANSWERS,
        "situations": NOTHING_FOUND,
        "proposed_level": "yellow",
        "why": "睡得不好，其他还好",
        "guardian_suspected": False,
    }
    return Talk(**{**given, **changes})


def interviewed(cast: Cast, *, urgency: str = "yellow", now: datetime | None = None, **changes) -> Case:
    """A case after its first talk."""
    case, who = opened(cast, urgency=urgency, now=now), counsellor(cast)
    with entered(who):
        record_interview(case=case, talk=talk(now, **changes), by=who, now=now or timezone.now())
    return case
