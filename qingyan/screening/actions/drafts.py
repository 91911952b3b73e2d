"""Plan a round step by step while it is a draft. Nothing changes once pupils may see it: they agreed to what they read.

Each step saves what it was given and marks itself as settled; a refused step changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.consent import api as consent
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.instruments.api.wordings import usable_for
from qingyan.screening.actions.campaigns import Holder, Unfit, instrument_faults, window_faults, write_instruments
from qingyan.screening.actions.second_stage import set_rule
from qingyan.screening.contracts import Chosen
from qingyan.screening.models import Campaign, CampaignInstrument, SecondStage
from qingyan.screening.queries.burden import campaign_burden_faults
from qingyan.screening.queries.reviewed import review_faults
from qingyan.screening.rules.steps import CONSENT, CUTOFFS, DATES, INSTRUMENTS, PURPOSE, proposed_window, with_step
from qingyan.screening.workflow import DRAFT

Rules = Mapping[str, str]  # instrument code -> screening rule; "" is the file's first


@dataclass(frozen=True)
class Named:
    """The first step: what the round is called and for."""

    title: str
    purpose: str


@dataclass(frozen=True)
class Asking:
    """What is asked in which grades, and in which order the items stand."""

    instruments: tuple[Chosen, ...]
    item_order: str


@dataclass(frozen=True)
class Days:
    """When the round opens and closes."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Words:
    """What pupils read, and the consent that it rests on; no text: the one that is asked at the place."""

    notice: str
    consent_text_id: UUID | None


def begin(*, holder: Holder, given: Named, notice: str, by: Actor, now: datetime) -> Campaign:
    """A new draft with its first step settled. Its days are a proposal until somebody says others."""
    opens_at, closes_at = proposed_window(timezone.localtime(now))
    campaign = Campaign(
        school_id=holder.school_id,
        city_id=holder.city_id,
        title=given.title,
        purpose=given.purpose,
        notice=notice,
        opens_at=opens_at,
        closes_at=closes_at,
        settled=[PURPOSE],
        created_by_id=by.id,
    )
    require(by, holder.permission, campaign)
    campaign.save(force_insert=True)
    record(by=by, action="campaign.begun", subject_kind="campaign", subject_id=campaign.id, now=now)
    return campaign


def name_it(*, campaign: Campaign, given: Named, by: Actor, now: datetime) -> Campaign:
    """The first step again. Raises Unfit when it is no draft any more, as every step does."""
    return _settled(_draft(campaign, by), PURPOSE, vars(given), by=by, now=now)


def choose(*, campaign: Campaign, given: Asking, by: Actor, now: datetime) -> Campaign:
    """The instruments with their grades; a rule that was chosen for one of them stays. Raises Unfit.

    The test burden is asked as soon as there are days that somebody has said.
    """
    draft = _draft(campaign, by)
    brought = usable_for(school_id=draft.school_id, city_id=draft.city_id)
    faults = instrument_faults(given.instruments, brought) or review_faults(draft, given.instruments)
    if faults:
        raise Unfit(faults)
    with transaction.atomic():
        before = CampaignInstrument.objects.filter(campaign=draft)
        rules = {(one.instrument, one.version): one.screen_rule for one in before}
        before.delete()
        kept = [_with_rule(one, rules.get((one.instrument, one.version), one.screen_rule)) for one in given.instruments]
        write_instruments(draft, kept, brought)
        if {(one.instrument, one.version) for one in kept} != set(rules):
            _forget_cutoffs(draft, {one.instrument for one in kept})
        _refuse_burden(draft, asked=DATES in draft.settled)
        return _settled(draft, INSTRUMENTS, {"item_order": given.item_order}, by=by, now=now)


def set_days(*, campaign: Campaign, given: Days, by: Actor, now: datetime) -> Campaign:
    """When it opens and closes. Raises Unfit, also when the grades would be asked too much in these days."""
    draft = _draft(campaign, by)
    faults = window_faults(given.opens_at, given.closes_at, now=now)
    if faults:
        raise Unfit(faults)
    draft.opens_at, draft.closes_at = given.opens_at, given.closes_at
    _refuse_burden(draft, asked=True)
    return _settled(draft, DATES, vars(given), by=by, now=now)


def set_words(*, campaign: Campaign, given: Words, by: Actor, now: datetime) -> Campaign:
    """What pupils read and the consent text. Raises Unfit."""
    draft = _draft(campaign, by)
    if given.consent_text_id is not None and consent.text_of(by, given.consent_text_id) is None:
        raise Unfit([_("没有找到所选的知情同意书。")])
    return _settled(draft, CONSENT, vars(given), by=by, now=now)


def set_cutoffs(*, campaign: Campaign, rules: Rules, stage: SecondStage, by: Actor, now: datetime) -> Campaign:
    """By which screening rule each instrument counts in this round, and the rule of the second stage. Raises Unfit."""
    draft = _draft(campaign, by)
    asked = list(CampaignInstrument.objects.filter(campaign=draft))
    known = {one.instrument: _rules_of(one) for one in asked}
    if any(rule and rule not in known.get(code, ()) for code, rule in rules.items()):
        raise Unfit([_("没有找到所选的筛查线。")])
    for one in asked:
        one.screen_rule = rules.get(one.instrument, "")
    CampaignInstrument.objects.bulk_update(asked, ["screen_rule"])
    set_rule(stage=stage, by=by, now=now)
    return _settled(draft, CUTOFFS, {}, by=by, now=now)


def _draft(campaign: Campaign, by: Actor) -> Campaign:
    require(by, Holder(campaign.school_id, campaign.city_id).permission, campaign)
    locked = Campaign.objects.select_for_update().get(id=campaign.id)
    if locked.state != DRAFT:
        raise Unfit([_("活动已经开放，计划不能再改。")])
    return locked


def _refuse_burden(draft: Campaign, *, asked: bool) -> None:
    faults = campaign_burden_faults(draft) if asked else []
    if faults:
        raise Unfit(faults)


def _forget_cutoffs(draft: Campaign, codes: set[str]) -> None:
    """Other instruments, other sums: the cut-offs are to be looked at again, and no rule may name what is gone."""
    draft.settled = [step for step in draft.settled if step != CUTOFFS]
    stages = SecondStage.objects.filter(campaign=draft)
    stages.exclude(first_instrument__in=codes).update(first_instrument="")
    stages.filter(instrument__in=codes).update(instrument="", version="")


def _with_rule(one: Chosen, rule: str) -> Chosen:
    return Chosen(one.instrument, one.version, one.grade_from, one.grade_to, rule)


def _rules_of(asked: CampaignInstrument) -> Sequence[str]:
    return [rule.id for rule in instruments.instrument(asked.instrument, asked.version).screens]


def _settled(draft: Campaign, step: str, changes: Mapping[str, Any], *, by: Actor, now: datetime) -> Campaign:
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.settled = with_step(draft.settled, step)
    draft.save(update_fields=[*changes, "settled"])
    detail = {"step": step}
    record(by=by, action="campaign.revised", subject_kind="campaign", subject_id=draft.id, now=now, detail=detail)
    return draft
