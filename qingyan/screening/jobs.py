"""Background work of screening: the morning of each school, and judging how sheets were answered. Work: actions/."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.jobs.api import job
from qingyan.instruments.contracts import GroupBy
from qingyan.organisations import api as organisations
from qingyan.screening.actions import answering, norming
from qingyan.screening.actions.counting_past import count_school
from qingyan.screening.actions.reminding import remind_school
from qingyan.screening.actions.seating import clear_seats
from qingyan.screening.models import Campaign, CampaignInstrument
from qingyan.screening.workflow import CLOSED

SIGHT = frozenset({Sight.PROGRESS})
RESULTS = frozenset({Sight.ANSWERS, Sight.RESULTS})
PURPOSE = "remind classes of a round that ends soon"
log = logging.getLogger(__name__)


@app.periodic(cron="30 22 * * *")  # half past six in the morning in China; cron counts in UTC
@app.task(name="screening.morning", queueing_lock="screening.morning")
def morning(timestamp: int) -> int:
    """Every morning: seats of ended rounds are taken away, classes that miss somebody are noted,
    and what rounds that are over tell of each cut-off is counted.

    Each school in its own scope and transaction; one that fails does not keep the others waiting.
    """
    lines = 0
    for school_id in organisations.school_ids():
        try:
            lines += remind(school_id)
            count_past(school_id)
        except Exception:
            log.exception("the morning of a school failed", extra={"school": school_id})
    return lines


def remind(school_id: int) -> int:
    """One school."""
    by = system_actor(school_id=school_id, sight=SIGHT, purpose=PURPOSE)
    with transaction.atomic(), entered(by):
        now = timezone.now()
        clear_seats(by=by, now=now)
        return remind_school(by=by, now=now)


def count_past(school_id: int) -> int:
    """What the rounds that are over tell of each cut-off, for one school."""
    by = system_actor(school_id=school_id, sight=RESULTS, purpose="count what each cut-off would flag")
    with transaction.atomic(), entered(by):
        return count_school(by=by, now=timezone.now())


@job(
    answering.JOB,
    sight=frozenset({Sight.ANSWERS, Sight.RESULTS, Sight.PROGRESS}),
    purpose="judge how the sheets of a round were answered",
)
def assess_answering(*, by: Actor, now: datetime, campaign_id: str) -> None:
    """Judge the sheets of one round at one school.

    By name, because judging loads a numbers library of 100 MB that web workers, who also know this job, never need.
    """
    campaign = Campaign.objects.filter(id=UUID(campaign_id)).first()
    if campaign:
        import_string("qingyan.screening.actions.assessing.assess")(campaign=campaign, by=by, now=now)


@job(
    norming.JOB,
    sight=frozenset({Sight.ANSWERS, Sight.RESULTS, Sight.PROGRESS, Sight.IDENTITY}),
    purpose="compute norms of the city from a closed round",
)
def compute_norms(*, by: Actor, now: datetime, campaign_id: str, instrument: str, group_by: GroupBy) -> None:
    """Norms of one instrument of one round of the city."""
    asked = CampaignInstrument.objects.filter(campaign_id=UUID(campaign_id), instrument=instrument).first()
    if asked and asked.campaign.state == CLOSED:
        norming.compute(wanted=norming.Wanted(asked.campaign, asked, group_by), by=by, now=now)
