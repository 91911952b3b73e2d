"""Referrals of a case as whoever carries it sees them: what would leave the school, each step, the slip."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.cases.models import Case, Referral, ReferralSlip, ReferralStep
from qingyan.cases.queries import packs
from qingyan.cases.queries.consenting import agrees, pupil_for
from qingyan.cases.queries.received import set_of
from qingyan.cases.queries.words import Due, due_words
from qingyan.cases.rules.referral import CONSENT, MinimumSet, ReferralGuide
from qingyan.cases.workflow import ON_THE_WAY, PREPARED, REFERRAL

MOST = 50
RECEIVER = gettext_noop("接诊方")
PREPARED_WORDS = gettext_noop("准备转介")
FAULTS = {
    "no_consent": gettext_noop("监护人还没有同意，或者已经收回。请先请监护人填写知情同意；危机时可以记下法定事由。"),
    "not_a_crisis": gettext_noop("法定事由只用于危机个案。"),
    "unknown_ground": gettext_noop("请选择依据。"),
    "no_reason": gettext_noop("请至少选一项原因。"),
    "no_risk": gettext_noop("请选择和风险有关的情况；没有发现也要选。"),
    "reason": gettext_noop("请写明法定事由的具体情况。"),
    "recipient": gettext_noop("请写转到哪里。"),
    "station": gettext_noop("请选择辅导站。"),
    "day": gettext_noop("预约时间要在现在以后。"),
    "fit": gettext_noop("请选择能不能上学。"),
    "conditions": gettext_noop("请写明需要的条件。"),
    "emergency_sign": gettext_noop("请写明要马上就医的情况。"),
}


@dataclass(frozen=True)
class SlipReading:
    """The slip in words."""

    row: ReferralSlip
    fit: str
    said: Sequence[tuple[str, str]] = field(repr=False)


@dataclass(frozen=True)
class Moment:
    """One step in words; the note is the school's own."""

    at: datetime
    by: str
    title: str
    note: str = field(repr=False)


@dataclass(frozen=True)
class ReferralReading:
    """One referral, ready to show. `verbs`: what the school may do now."""

    referral: Referral
    recipient: str = field(repr=False)
    state: str
    due: Due | None
    basis: str
    set: MinimumSet | None
    verbs: frozenset[str]
    moments: Sequence[Moment]
    slip: SlipReading | None
    agreed: bool
    on_the_way: bool


def referrals_of(case: Case, now: datetime) -> list[ReferralReading]:
    """All of the case, the newest first."""
    guide = packs.referral()
    rows = list(Referral.objects.filter(case_id=case.id).select_related("case").order_by("-opened_at")[:MOST])
    slips = {one.referral_id: one for one in ReferralSlip.objects.filter(referral__in=rows)}
    moments = _moments(rows)
    return [_reading(guide, row, slips.get(row.id), moments.get(row.id, []), now) for row in rows]


def recipient_of(referral: Referral) -> str:
    """Where it goes, in the school's words."""
    return json.loads(referral.content or "{}")["recipient"]


def _reading(
    guide: ReferralGuide, row: Referral, slip: ReferralSlip | None, moments: list[Moment], now: datetime
) -> ReferralReading:
    pupil = pupil_for(row.school_id, row)
    grounds = {one.code: one.text for one in guide.grounds} | {CONSENT: _("监护人同意"), "": _("还没有")}
    return ReferralReading(
        referral=row,
        recipient=recipient_of(row),
        state=_(REFERRAL.state(row.state).title),
        due=due_words(row.due_at, now),
        basis=_(grounds[row.basis]),
        set=set_of(row, pupil, contact=row.contact_agreed, now=now) if pupil else None,
        verbs=frozenset(step.verb for step in REFERRAL.steps_from(row.state)),
        moments=moments,
        slip=_slip(guide, slip) if slip else None,
        agreed=row.state == PREPARED and agrees(row.case, row.kind, now),
        on_the_way=row.state in ON_THE_WAY,
    )


def _moments(rows: Sequence[Referral]) -> dict:
    found: dict = {}
    for step in ReferralStep.objects.filter(referral__in=rows).select_related("by").order_by("-at", "-id"):
        by = step.by.name if step.by else _(RECEIVER)
        title = REFERRAL.title_of(verb=step.verb, origin=step.origin) or PREPARED_WORDS
        found.setdefault(step.referral_id, []).append(Moment(step.at, by, _(title), step.note or ""))
    return found


def _slip(guide: ReferralGuide, row: ReferralSlip) -> SlipReading:
    said = json.loads(row.content or "{}")
    words = {
        "emergency_sign": _("出现这些情况要马上就医"),
        "conditions": _("上学的条件"),
        "advice": _("给学校的建议"),
        "diagnosis": _("诊断（监护人同意告诉学校）"),
        "signed": _("填写人"),
    }
    fits = {one.code: one.text for one in guide.fits}
    return SlipReading(row, _(fits[row.fit]), [(title, said[key]) for key, title in words.items() if said.get(key)])
