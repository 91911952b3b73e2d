"""Rounds: plan, open, close. The instruments' versions freeze with the plan; what a pupil answers is sittings.py."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import Permission, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.instruments import api as instruments
from qingyan.instruments.api.wordings import Usable, usable_for
from qingyan.organisations.api import grade_name, school_ids
from qingyan.screening.actions import answering
from qingyan.screening.contracts import CampaignPlan, Chosen
from qingyan.screening.models import BurdenReason, Campaign, CampaignInstrument
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN
from qingyan.screening.queries.burden import burden_faults, campaign_burden_faults, campaign_burden_warnings
from qingyan.screening.queries.registrations import campaign_registration_faults
from qingyan.screening.queries.reviewed import campaign_review_faults, review_faults
from qingyan.screening.rules.grades import fitting_grades
from qingyan.screening.rules.steps import TO_SETTLE, missing
from qingyan.screening.workflow import CAMPAIGN

Brought = Mapping[tuple[str, str], Usable]  # the usable wording by code and version
LONGEST_REASON = 500
LONGEST_ROUND = timedelta(days=120)


class Unfit(Exception):
    """The plan cannot be carried out; `faults` say why in plain words."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Holder:
    """Whose round it is: of one school, or of the city."""

    school_id: int | None = None
    city_id: int | None = None

    @property
    def permission(self) -> Permission:
        """What somebody needs to plan it."""
        return MANAGE_CITY_CAMPAIGN if self.school_id is None else MANAGE_CAMPAIGN


def plan(*, holder: Holder, given: CampaignPlan, by: Actor, now: datetime) -> Campaign:
    """Write down a whole round at once, not yet open; step by step is drafts.py. Raises Unfit."""
    campaign = Campaign(
        school_id=holder.school_id,
        city_id=holder.city_id,
        title=given.title,
        notice=given.notice,
        opens_at=given.opens_at,
        closes_at=given.closes_at,
        settled=list(TO_SETTLE),
        created_by_id=by.id,
    )
    require(by, holder.permission, campaign)
    brought = usable_for(school_id=holder.school_id, city_id=holder.city_id)
    faults = _faults(given, brought, now=now) or review_faults(holder, given.instruments)
    faults = faults or burden_faults(holder, given, now)
    if faults:
        raise Unfit(faults)
    campaign.save(force_insert=True)
    write_instruments(campaign, given.instruments, brought)
    _record("campaign.planned", campaign, by=by, now=now)
    return campaign


def write_instruments(campaign: Campaign, chosen: Sequence[Chosen], brought: Brought) -> None:
    """The rows of a round's instruments, in order, with the words that freeze now. No check: the caller's part."""
    CampaignInstrument.objects.bulk_create(
        CampaignInstrument(
            campaign=campaign,
            instrument=one.instrument,
            version=one.version,
            grade_from=one.grade_from,
            grade_to=one.grade_to,
            position=position,
            wording_id=_wording(one, brought),
            screen_rule=one.screen_rule,
        )
        for position, one in enumerate(chosen, start=1)
    )


def open_(*, campaign: Campaign, by: Actor, now: datetime, reason: str = "") -> Campaign:
    """Let the pupils in, from opens_at on. Raises NotAllowed from any other state than draft, Unfit when the city
    has decided otherwise about an instrument, or other rounds have come in between and it would be too much. Near too
    much needs a reason, which is kept."""
    require(by, _permission(campaign), campaign)
    if campaign.closes_at <= now:
        raise NotAllowed("campaign: its time is over")
    chosen = CampaignInstrument.objects.filter(campaign=campaign).exists()
    faults = (
        campaign_review_faults(campaign) + campaign_registration_faults(campaign) + campaign_burden_faults(campaign)
    )
    if missing(campaign.settled):
        faults = [_("计划还没有填完，请按步骤补上再开放。"), *faults]
    warned = [] if faults else campaign_burden_warnings(campaign)
    if faults or (warned and not reason.strip()):
        raise Unfit(faults or [*warned, _("离上限很近，写明理由才能开放。")])
    if warned:
        kept = reason.strip()[:LONGEST_REASON]
        BurdenReason.objects.create(campaign=campaign, reason=kept, warnings=warned, at=now, by_id=by.id)
        _record("campaign.opened_near_limits", campaign, by=by, now=now)
    return _step("open", "campaign.opened", campaign, {"instruments": chosen}, by=by, now=now)


def close(*, campaign: Campaign, by: Actor, now: datetime) -> Campaign:
    """Take no more answers; how the sheets were answered is judged in the background, school by school.

    Raises NotAllowed from any other state than open.
    """
    require(by, _permission(campaign), campaign)
    closed = _step("close", "campaign.closed", campaign, {}, by=by, now=now)
    schools = school_ids() if closed.school_id is None else [closed.school_id]
    answering.ask(campaign=closed, schools=schools, by=by, now=now)
    return closed


def _step(
    verb: str, action: str, campaign: Campaign, given: dict[str, object], *, by: Actor, now: datetime
) -> Campaign:
    locked = Campaign.objects.select_for_update().get(id=campaign.id)
    locked.state = CAMPAIGN.target(verb=verb, origin=locked.state, given=given)
    locked.save(update_fields=["state"])
    _record(action, locked, by=by, now=now)
    return locked


def _permission(campaign: Campaign) -> Permission:
    return Holder(campaign.school_id, campaign.city_id).permission


def _record(action: str, campaign: Campaign, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="campaign", subject_id=campaign.id, now=now)


def window_faults(opens_at: datetime, closes_at: datetime, *, now: datetime) -> list[str]:
    """What is wrong with the days of a round, in plain words."""
    if closes_at <= opens_at:
        return [_("结束时间要晚于开始时间。")]
    if closes_at <= now:
        return [_("结束时间已经过去了。")]
    if closes_at - opens_at > LONGEST_ROUND:
        return [_("一次测评活动不会超过 120 天，请核对日期。")]
    return []


def _faults(given: CampaignPlan, brought: Brought, *, now: datetime) -> list[str]:
    faults = window_faults(given.opens_at, given.closes_at, now=now)
    return faults + instrument_faults(given.instruments, brought)


def instrument_faults(chosen: Sequence[Chosen], brought: Brought) -> list[str]:
    """What is wrong with the instruments of a round, in plain words."""
    faults = [] if chosen else [_("至少选一份量表。")]
    counted = Counter(one.instrument for one in chosen)
    faults += [_("量表 %(code)s 选了不止一次。") % {"code": code} for code, count in counted.items() if count > 1]
    return faults + [fault for one in chosen if (fault := _instrument_fault(one, brought))]


def _wording(chosen: Chosen, brought: Brought) -> UUID | None:
    usable = brought.get((chosen.instrument, chosen.version))
    return usable.id if usable else None


def _instrument_fault(chosen: Chosen, brought: Brought) -> str | None:
    try:
        definition = instruments.instrument(chosen.instrument, chosen.version)
    except LookupError:
        return _("没有发布过量表 %(code)s %(version)s。") % {"code": chosen.instrument, "version": chosen.version}
    title = definition.title.zh
    youngest, oldest = definition.audience.ages
    usable = brought.get((chosen.instrument, chosen.version)) if definition.needs_wording else None
    youngest = usable.youngest if usable else youngest
    fitting = fitting_grades(youngest=youngest, oldest=oldest)
    if definition.needs_wording and usable is None:
        return _("《%(title)s》只带计分键，这里还没有可用的题文，不能用于测评。") % {"title": title}
    if not fitting or definition.audience.informant != "self":
        return _("《%(title)s》不是给中小学生用的。") % {"title": title}
    if chosen.screen_rule and chosen.screen_rule not in {rule.id for rule in definition.screens}:
        return _("《%(title)s》没有所选的筛查线。") % {"title": title}
    if chosen.grade_from > chosen.grade_to:
        return _("《%(title)s》的起始年级不能高于截止年级。") % {"title": title}
    if chosen.grade_from not in fitting or chosen.grade_to not in fitting:
        ends = {"first": grade_name(fitting[0]), "last": grade_name(fitting[-1])}
        facts = {"title": title, "youngest": youngest, "oldest": oldest, **ends}
        return _("《%(title)s》适用年龄 %(youngest)s 到 %(oldest)s 岁，只能选%(first)s到%(last)s。") % facts
    return None
