"""The tests that the grades of a place have had and will have, and what speaks against one more. No person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.instruments import api as instruments
from qingyan.organisations.api import grade_name, schools_by_id
from qingyan.screening.contracts import CampaignPlan
from qingyan.screening.models import BurdenLimits, BurdenReason, Campaign, CampaignInstrument, Registration
from qingyan.screening.rules.burden import Booked, BurdenFault, Limits, faults, warnings
from qingyan.screening.rules.registration import not_carried_out
from qingyan.screening.rules.steps import DATES
from qingyan.screening.workflow import APPROVED, DRAFT

NAMED = 3  # other rounds that a reason names


class RoundHolder(Protocol):
    """Whose round it is: of one school, or of the city."""

    @property
    def school_id(self) -> int | None:
        """The school, or None."""

    @property
    def city_id(self) -> int | None:
        """The city, or None."""


def limits_of(city_id: int) -> Limits:
    """What this city allows."""
    row = BurdenLimits.objects.filter(city_id=city_id).first()
    if row is None:
        return Limits()
    return Limits(row.min_days, row.items_per_term, row.warn_days, row.warn_percent)


def city_of(holder: RoundHolder) -> int:
    """The city that the holder is, or lies in."""
    if holder.city_id is not None:
        return holder.city_id
    assert holder.school_id is not None
    return int(schools_by_id([holder.school_id])[0].district.city_id)


def booked_at(holder: RoundHolder, *, besides: UUID | None = None) -> list[Booked]:
    """What is planned and past where the holder's pupils are; not the round `besides`.

    A school does not learn what the city is still preparing. The city counts what its schools prepare.
    """
    city_id = city_of(holder)
    if holder.school_id is not None:
        rounds = Q(campaign__school_id=holder.school_id) | Q(campaign__city_id=city_id) & ~Q(campaign__state=DRAFT)
    else:
        rounds = Q(campaign__city_id=city_id) | Q(campaign__school__district__city_id=city_id)
    undated = Q(campaign__state=DRAFT) & ~Q(campaign__settled__contains=[DATES])  # its days are only a proposal
    rows = CampaignInstrument.objects.filter(rounds & ~undated).exclude(campaign_id=besides).select_related("campaign")
    lines = [_booked(row.campaign, row) for row in rows.order_by("campaign__opens_at", "position")]
    return lines + not_carried_out(_registered(holder, city_id), lines)


def burden_faults(holder: RoundHolder, plan: CampaignPlan, now: datetime) -> list[str]:
    """Why this plan asks too much, in plain words with the other rounds; empty when it does not. `now` dates nothing
    yet: rounds of the past count like those to come, because the pupil has met them."""
    opens, closes = timezone.localdate(plan.opens_at), timezone.localdate(plan.closes_at)
    planned = [
        Booked(
            plan.title,
            one.instrument,
            _items(one.instrument, one.version),
            range(one.grade_from, one.grade_to + 1),
            opens,
            closes,
            holder.school_id,
        )
        for one in plan.instruments
    ]
    return _reasons(holder, planned, booked_at(holder))


def campaign_burden_faults(campaign: Campaign) -> list[str]:
    """The same for a round that is written down: asked again when it is opened."""
    rows = CampaignInstrument.objects.filter(campaign=campaign)
    return _reasons(campaign, [_booked(campaign, row) for row in rows], booked_at(campaign, besides=campaign.id))


def campaign_burden_warnings(campaign: Campaign) -> list[str]:
    """What is near a limit and within it, in plain words: the round may go on with a written reason."""
    rows, limits = CampaignInstrument.objects.filter(campaign=campaign), limits_of(city_of(campaign))
    planned, booked = [_booked(campaign, row) for row in rows], booked_at(campaign, besides=campaign.id)
    return [reason(one, limits) for one in warnings(planned, _without_carried_out(booked, planned), limits)]


def reasons_given(campaign: Campaign) -> list[BurdenReason]:
    """Why a round near the limits was opened all the same, the earliest first."""
    return list(BurdenReason.objects.filter(campaign=campaign).select_related("by"))


def registration_burden_faults(row: Registration) -> list[str]:
    """Why approving this registration would ask too much; empty when it would not."""
    holder = Campaign(school_id=row.school_id)
    return _reasons(holder, [_booked_registration(row)], booked_at(holder))


def _registered(holder: RoundHolder, city_id: int) -> list[Booked]:
    """The approved registrations of the school, or of all schools of the city."""
    rows = Registration.objects.filter(city_id=city_id, state=APPROVED)
    if holder.school_id is not None:
        rows = rows.filter(school_id=holder.school_id)
    return [_booked_registration(row) for row in rows.order_by("opens_on", "id")]


def _booked_registration(row: Registration) -> Booked:
    """A registration as a line of the calendar; a test outside the library goes by its title."""
    return Booked(
        _("已登记：%(title)s") % {"title": row.title},
        row.instrument or row.title,
        row.items,
        range(row.grade_from, row.grade_to + 1),
        row.opens_on,
        row.closes_on,
        row.school_id,
        registered=True,
    )


def _reasons(holder: RoundHolder, planned: list[Booked], booked: list[Booked]) -> list[str]:
    limits = limits_of(city_of(holder))
    booked = _without_carried_out(booked, planned)
    return [reason(fault, limits) for fault in faults(planned, booked, limits)]


def _without_carried_out(booked: list[Booked], planned: list[Booked]) -> list[Booked]:
    """The round that is planned carries out what was registered for it: not counted a second time."""
    rounds = [one for one in booked if not one.registered]
    carrying = [one for one in planned if not one.registered]
    return rounds + not_carried_out([one for one in booked if one.registered], carrying)


def reason(fault: BurdenFault, limits: Limits) -> str:
    """One fault in words."""
    facts = {
        "title": _title(fault.planned.instrument),
        "grades": grades_in_words(fault.grades),
        "others": _named(fault.others),
        "days": limits.min_days,
        "items": fault.items,
        "most": limits.items_per_term,
        "near": limits.warned.min_days,
    }
    said = {
        "too_soon": _("《%(title)s》：%(grades)s两次之间要隔 %(days)s 天以上，离得太近的是%(others)s。"),
        "twice": _("《%(title)s》：%(grades)s本学期已有另一个部门安排了同一份量表：%(others)s。请用已有的结果。"),
        "too_many": _(
            "%(grades)s本学期一共会有 %(items)s 题，超过每学期 %(most)s 题的上限。同学期的其他测评：%(others)s。"
        ),
        "near_soon": _(
            "《%(title)s》：%(grades)s离另一次不到 %(near)s 天（下限 %(days)s 天）：%(others)s。"
            "重复太密，答案会受上次影响。"
        ),
        "near_many": _(
            "%(grades)s本学期一共会有 %(items)s 题，接近每学期 %(most)s 题的上限。同学期的其他测评：%(others)s。"
        ),
    }
    return said[fault.kind] % facts


def grades_in_words(grades: Iterable[int]) -> str:
    """ "七年级、八年级", or "七年级至九年级" where they are one run of three or more."""
    listed = sorted(grades)
    if len(listed) > 2 and listed[-1] - listed[0] == len(listed) - 1:
        return _("%(first)s至%(last)s") % {"first": grade_name(listed[0]), "last": grade_name(listed[-1])}
    return _("、").join(grade_name(grade) for grade in listed)


def _named(others: tuple[Booked, ...]) -> str:
    if not others:
        return _("没有")
    rounds = dict.fromkeys((one.title, one.opens, one.closes) for one in others)
    said = [
        _("“%(round)s”（%(from)s 至 %(to)s）") % {"round": title, "from": opens.isoformat(), "to": closes.isoformat()}
        for title, opens, closes in list(rounds)[:NAMED]
    ]
    more = len(rounds) - len(said)
    return _("、").join(said) + (_("等 %(count)s 个活动") % {"count": len(rounds)} if more > 0 else "")


def _booked(campaign: Campaign, row: CampaignInstrument) -> Booked:
    return Booked(
        campaign.title,
        row.instrument,
        _items(row.instrument, row.version),
        range(row.grade_from, row.grade_to + 1),
        timezone.localdate(campaign.opens_at),
        timezone.localdate(campaign.closes_at),
        campaign.school_id,
    )


def _items(code: str, version: str) -> int:
    try:
        return len(instruments.instrument(code, version).items)
    except LookupError:
        return 0  # the plan is refused for that by its own reason


def _title(code: str) -> str:
    newest = [one for one in instruments.released() if one.code == code and one.latest]
    return str(instruments.instrument(code, newest[0].version).title.zh) if newest else code
