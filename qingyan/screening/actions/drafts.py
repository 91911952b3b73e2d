"""Change a round while it is a draft. Nothing changes once pupils may see it: they agreed to what they read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from qingyan.consent import api as consent
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.screening.actions.campaigns import Holder, Unfit, window_faults
from qingyan.screening.models import Campaign
from qingyan.screening.workflow import DRAFT

FIELDS = ("title", "notice", "opens_at", "closes_at", "purpose", "item_order", "consent_text_id")


@dataclass(frozen=True)
class Revision:
    """A draft as it shall be from now on; consent_text_id None: the text that is asked at the place."""

    title: str
    notice: str
    opens_at: datetime
    closes_at: datetime
    purpose: str
    item_order: str
    consent_text_id: UUID | None


def revise(*, campaign: Campaign, given: Revision, by: Actor, now: datetime) -> Campaign:
    """Write the draft anew. Raises Unfit, also when it is no draft any more."""
    require(by, Holder(campaign.school_id, campaign.city_id).permission, campaign)
    locked = Campaign.objects.select_for_update().get(id=campaign.id)
    faults = window_faults(given.opens_at, given.closes_at, now=now)
    if locked.state != DRAFT:
        faults = [_("活动已经开放，计划不能再改。")]
    if given.consent_text_id is not None and consent.text_of(by, given.consent_text_id) is None:
        faults.append(_("没有找到所选的知情同意书。"))
    if faults:
        raise Unfit(faults)
    for name in FIELDS:
        setattr(locked, name, getattr(given, name))
    locked.save(update_fields=list(FIELDS))
    record(by=by, action="campaign.revised", subject_kind="campaign", subject_id=locked.id, now=now)
    return locked
