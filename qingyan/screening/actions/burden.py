"""The city sets the limits of the test burden."""

from dataclasses import asdict
from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.screening.models import BurdenLimits, Campaign
from qingyan.screening.policy import MANAGE_CITY_CAMPAIGN
from qingyan.screening.rules.burden import Limits


def set_limits(*, city_id: int, limits: Limits, by: Actor, now: datetime) -> BurdenLimits:
    """From now on every plan and every opening is measured by these. Rounds that are open stay open."""
    require(by, MANAGE_CITY_CAMPAIGN, Campaign(city_id=city_id))
    detail = asdict(limits)
    row, _made = BurdenLimits.objects.update_or_create(city_id=city_id, defaults=detail)
    record(by=by, action="burden.limited", subject_kind="city", subject_id=city_id, now=now, detail=detail)
    return row
