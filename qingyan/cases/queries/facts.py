"""Cases in words for papers that leave the screen: one case, its talks and meetings, the list, the counts of a month.

Permission and the line in the trail come first (actions/looking.py); here is only what the words are.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.cases.contracts import CaseFacts, MeetingFacts, MonthFacts, ReferralFacts, SeatFacts, TalkFacts
from qingyan.cases.models import Case, CaseStep, CrisisThread, Referral
from qingyan.cases.queries import packs
from qingyan.cases.queries.interviews import InterviewReading, interviews_of
from qingyan.cases.queries.panels import PanelReading, panels_of
from qingyan.cases.queries.referrals import ReferralReading, referrals_of
from qingyan.cases.workflow import CLOSED, CONVENED, OPEN_STATES, SEALED
from qingyan.cases.workflow import ON_LEAVE as LEAVE
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people


def facts_of(cases: list[Case]) -> list[CaseFacts]:
    """The heads of these cases of one school; the sight of identity is lent for exactly these pupils."""
    if not cases:
        return []
    lent = system_actor(
        school_id=cases[0].school_id, sight=frozenset({Sight.IDENTITY}), purpose="name the pupils of a paper"
    )
    with entered(lent):
        pupils = people.pupils(lent, [case.student_id for case in cases])
    wanted = {one.school_class for one in pupils.values() if one.school_class}
    classes = {row.id: str(row) for row in SchoolClass.objects.filter(id__in=wanted)}
    return [_facts(case, pupils.get(case.student_id), classes) for case in cases]


def talks_of(case: Case) -> list[TalkFacts]:
    """The newest version of every talk, the latest first."""
    return [_talk(one) for one in interviews_of(case) if one.newest]


def meetings_of(case: Case) -> list[MeetingFacts]:
    """Every meeting that was held, the newest first."""
    return [_meeting(one) for one in panels_of(case) if one.panel.state != CONVENED]


def referrals_in_words(case: Case, now: datetime) -> list[ReferralFacts]:
    """The referrals that may leave the school: those with a consent or a statutory ground; the newest first."""
    return [_referral(one) for one in referrals_of(case, now) if one.referral.basis and one.set]


def letter_in_words(referral: Referral, now: datetime) -> ReferralFacts:
    """What stands on the letter of a referral that was just sent."""
    found = next(one for one in referrals_of(referral.case, now) if one.referral.id == referral.id)
    return _referral(found)


def month_facts(school_id: int, first: datetime, after: datetime) -> MonthFacts:
    """What happened from `first` until before `after`, read from the history, so that it can be counted again later."""
    steps = CaseStep.objects.filter(school_id=school_id, at__lt=after)
    last = _last_steps(steps.order_by("at").values_list("case_id", "at", "origin", "target", "level"))
    here = {case: level for case, (target, level) in last.items() if target != SEALED}
    during = steps.filter(at__gte=first)
    opened = during.filter(origin="").values_list("case_id", flat=True)
    closed = during.filter(target=CLOSED).values_list("case_id", flat=True)
    referred = set(during.filter(verb="refer").values_list("case_id", flat=True))
    return MonthFacts(
        opened=_by_level(here, opened),
        in_care=_by_level(here, (case for case, (target, _level) in last.items() if target in OPEN_STATES)),
        closed=_by_level(here, closed),
        referred=len(referred & here.keys()),
        incidents=CrisisThread.objects.filter(school_id=school_id, opened_at__gte=first, opened_at__lt=after).count(),
        on_leave=sum(target == LEAVE for target, _level in last.values()),
    )


def level_words() -> list[tuple[str, str]]:
    """Code and words of every level of the present pack, the gravest first."""
    return [(one.code, one.words) for one in packs.current().levels]


def _last_steps(rows: Iterable[tuple[UUID, datetime, str, str, str]]) -> dict[UUID, tuple[str, str]]:
    """Target and level of each case's last step. Steps of one moment follow each other: no other begins at the last."""
    newest: dict[UUID, list[tuple[str, str, str]]] = {}
    moments: dict[UUID, datetime] = {}
    for case, at, origin, target, level in rows:
        if moments.get(case) != at:
            newest[case], moments[case] = [], at
        newest[case].append((origin, target, level))
    return {case: _end_of(together) for case, together in newest.items()}


def _end_of(together: list[tuple[str, str, str]]) -> tuple[str, str]:
    origins = {origin for origin, target, _level in together if origin != target}
    ends = [(target, level) for _origin, target, level in together if target not in origins]
    return (ends or [(target, level) for _origin, target, level in together])[-1]


def _by_level(levels: dict[UUID, str], cases) -> dict[str, int]:
    return dict(Counter(levels[case] for case in set(cases) if case in levels))


def _facts(case: Case, pupil, classes: dict[int, str]) -> CaseFacts:
    level = packs.pack(case.pack).level(case.level).words if case.level else _("未定级")
    return CaseFacts(
        id=case.id,
        school_id=case.school_id,
        code=case.code,
        pupil=pupil.name if pupil else "—",
        school_class=classes.get(pupil.school_class, "—") if pupil else "—",
        level=_(level),
        state=_(str(case.get_state_display())),
        owner=case.owner.name if case.owner else "—",
        opened_on=_day(case.opened_at),
        due_on=_day(case.due_at),
        ended_on=_day(case.ended_at),
        guardian_withheld=case.guardian_withheld,
    )


def _talk(one: InterviewReading) -> TalkFacts:
    return TalkFacts(
        number=one.row.number,
        version=one.row.version,
        at=_minute(one.row.at),
        by=one.row.by.name,
        lines=tuple((part.title, question, answer) for part in one.sections for question, answer in part.lines),
        situations=tuple(one.situations),
        proposed=_(one.level.words),
        why=one.why,
    )


def _meeting(one: PanelReading) -> MeetingFacts:
    seats = tuple(
        SeatFacts(seat.member.name, seat.member.leads, seat.member.attended, seat.vote, seat.member.signed)
        for seat in one.members
    )
    return MeetingFacts(
        meets_at=_minute(one.panel.meets_at),
        brief=one.panel.brief or "",
        materials=tuple(one.materials),
        seats=seats,
        decision=one.decision + (f"（{one.level}）" if one.level else ""),
        criteria=tuple(one.criteria),
        minutes=one.panel.minutes or "",
        answer=one.panel.answer or "",
        answered_by=one.panel.answered_by.name if one.panel.answered_by else "",
        answered_at=_minute(one.panel.answered_at),
    )


def _referral(one: ReferralReading) -> ReferralFacts:
    assert one.set is not None
    return ReferralFacts(
        number=one.referral.case.code,
        recipient=one.recipient,
        opened_on=_day(one.referral.opened_at),
        basis=one.basis,
        age="" if one.set.age is None else str(one.set.age),
        sex=one.set.sex,
        reasons=one.set.reasons,
        risks=one.set.risks,
        contacts=one.set.contacts,
    )


def _day(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""


def _minute(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
