"""Shortcuts to cases in each state. Not a test."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from qingyan.cases.actions import opening, panels
from qingyan.cases.actions.interviewing import Talk, record_interview
from qingyan.cases.actions.panels import Held, Invitation
from qingyan.cases.contracts import NewSource
from qingyan.cases.models import Case, Panel, PanelMember
from qingyan.cases.queries import packs
from qingyan.cases.rules.panel import Seat
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


def convened(cast: Cast, case: Case, *, now: datetime | None = None) -> Panel:
    """A meeting of counsellor, leader and homeroom teacher."""
    who, home = counsellor(cast), cast.home
    members = [
        (one.id, one.name, one is home.principal) for one in (home.counsellor, home.principal, home.homeroom_teacher)
    ]
    invitation = Invitation(now or timezone.now(), members, ["file", "interview"], "两周来睡得不好")
    with entered(who):
        case.refresh_from_db()
        return panels.convene(case=case, invitation=invitation, by=who, now=now or timezone.now())


def minutes(panel: Panel, decision: str, *, level: str = "", criteria: tuple[str, ...] = ()) -> Held:
    """Everybody came, voted alike and signed."""
    rows = PanelMember.objects.filter(panel=panel)
    seats = {one.id: Seat(attended=True, vote=decision, signed=True, leads=one.leads) for one in rows}
    return Held(seats, decision, level, criteria, "大家意见一致")


def held_panel(cast: Cast, case: Case, decision: str, *, now: datetime | None = None, **more) -> Panel:
    """A meeting that has decided and waits for the leader."""
    panel, who = convened(cast, case, now=now), counsellor(cast)
    with entered(who):
        return panels.hold(panel=panel, held=minutes(panel, decision, **more), by=who, now=now or timezone.now())


def decided(cast: Cast, case: Case, decision: str, *, now: datetime | None = None, **more) -> Case:
    """The case after the leader has agreed."""
    panel, who = held_panel(cast, case, decision, now=now, **more), leader(cast)
    with entered(who):
        panels.approve(panel=panel, note="", by=who, now=now or timezone.now())
    return panel.case


def in_care(cast: Cast, level: str = "yellow", *, now: datetime | None = None) -> Case:
    """A case whose level a panel has set."""
    return decided(cast, interviewed(cast, now=now), level, now=now)
