"""Mark a round as a template, take the mark away, and begin a draft by the plan of another round."""

from dataclasses import replace
from datetime import datetime

from qingyan.consent import api as consent
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.screening.actions import drafts
from qingyan.screening.actions.campaigns import Holder, Unfit
from qingyan.screening.actions.second_stage import set_rule
from qingyan.screening.contracts import Chosen
from qingyan.screening.models import Campaign, CampaignInstrument, RoundTemplate, SecondStage
from qingyan.screening.queries.campaigns import Choice, asked_rows, choices
from qingyan.screening.queries.observation import stage_of


def mark(*, campaign: Campaign, by: Actor, now: datetime) -> None:
    """From now on others may start from it. Twice is no fault."""
    require(by, Holder(campaign.school_id, campaign.city_id).permission, campaign)
    _row, made = RoundTemplate.objects.get_or_create(
        campaign=campaign, defaults={"saved_by_id": by.id, "saved_at": now}
    )
    if made:
        record(by=by, action="template.marked", subject_kind="campaign", subject_id=campaign.id, now=now)


def unmark(*, campaign: Campaign, by: Actor, now: datetime) -> None:
    """It is no template any more; rounds that began by it stay."""
    require(by, Holder(campaign.school_id, campaign.city_id).permission, campaign)
    gone, _kinds = RoundTemplate.objects.filter(campaign=campaign).delete()
    if gone:
        record(by=by, action="template.unmarked", subject_kind="campaign", subject_id=campaign.id, now=now)


def follow(*, draft: Campaign, source: Campaign, by: Actor, now: datetime) -> list[str]:
    """Fill a fresh draft by the plan of another round. Days and cut-offs are left to be looked at anew.

    Returns why something could not be taken over, in plain words. Raises NotVisible, Unfit for no draft.
    """
    asked, left_out = _fitting(draft, source)
    faults = [instruments.instrument(one.instrument, one.version).title.zh for one in left_out]
    if asked:
        try:
            drafts.choose(campaign=draft, given=drafts.Asking(tuple(asked), source.item_order), by=by, now=now)
        except Unfit as unfit:
            return [*faults, *unfit.faults]
    text = source.consent_text_id
    known = text is not None and consent.text_of(by, text) is not None
    drafts.set_words(campaign=draft, given=drafts.Words(source.notice, text if known else None), by=by, now=now)
    _follow_stage(draft, source, {one.instrument for one in asked}, by=by, now=now)
    return faults


def _fitting(draft: Campaign, source: Campaign) -> tuple[list[Chosen], list[CampaignInstrument]]:
    """The newest versions of the source's instruments in the grades that are open here; and what is not open."""
    offered = {one.summary.code: one for one in choices(school_id=draft.school_id, city_id=draft.city_id)}
    asked, left_out = [], []
    for row in asked_rows(source):
        choice = offered.get(row.instrument)
        grades = [grade for grade in choice.grades if row.grade_from <= grade <= row.grade_to] if choice else []
        if choice is None or not grades:
            left_out.append(row)
        else:
            asked.append(replace(_newest(choice, row), grade_from=grades[0], grade_to=grades[-1]))
    return asked, left_out


def _newest(choice: Choice, row: CampaignInstrument) -> Chosen:
    version = choice.summary.version
    rules = [rule.id for rule in instruments.instrument(row.instrument, version).screens]
    rule = row.screen_rule if row.screen_rule in rules else ""
    return Chosen(row.instrument, version, row.grade_from, row.grade_to, rule)


def _follow_stage(draft: Campaign, source: Campaign, asked: set[str], *, by: Actor, now: datetime) -> None:
    before = stage_of(source)
    if before is None:
        return
    again = before.instrument and before.instrument not in asked
    stage = SecondStage(
        campaign=draft,
        first_instrument=before.first_instrument if before.first_instrument in asked else "",
        instrument=before.instrument if again else "",
        version=before.version if again else "",
        least_days=before.least_days,
        observe_days=before.observe_days,
    )
    set_rule(stage=stage, by=by, now=now)
