"""What of the second stage a person finds on the page of a round."""

from dataclasses import dataclass
from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed
from qingyan.organisations.api import SchoolClass
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN, OBSERVE, READ_CANDIDATES
from qingyan.screening.queries.observation import stage_of, window_of
from qingyan.screening.workflow import CLOSED, DRAFT


@dataclass(frozen=True)
class SecondLinks:
    """Which ways to show; `observes`: the own classes that a teacher may write about now."""

    rule: bool
    candidates: bool
    observes: list[SchoolClass]


def second_links(actor: Actor, campaign: Campaign, *, now: datetime) -> SecondLinks:
    """For this person and round, now."""
    stage = stage_of(campaign)
    manages = allowed(actor, MANAGE_CAMPAIGN if campaign.school_id else MANAGE_CITY_CAMPAIGN, campaign)
    rule = manages and stage is None and campaign.state not in (DRAFT, CLOSED)  # a draft has a step for it
    if stage is None or campaign.state == DRAFT:
        return SecondLinks(rule, False, [])
    observes: list[SchoolClass] = []
    if allowed(actor, OBSERVE) and window_of(actor, campaign, stage).is_open(now):
        observes = list(SchoolClass.objects.filter(id__in=actor.classes_here or (), school_id=actor.school_id))
    return SecondLinks(rule, allowed(actor, READ_CANDIDATES), observes)
