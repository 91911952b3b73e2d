"""Counts, once a round is over, how many sheets of a school reached each screening rule: a job that sees results."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.instruments import api as instruments
from qingyan.screening.models import Campaign, PastShare, Result
from qingyan.screening.policy import COUNT_PAST
from qingyan.screening.rules.past import NOBODY, Counted, kept
from qingyan.screening.rules.sheets import GRACE
from qingyan.screening.workflow import CLOSED, OPEN, SET_ASIDE

YEARS = timedelta(days=3 * 366)  # older rounds say nothing about the pupils of today

Key = tuple[str, str, str]  # instrument, version, rule


def count_school(*, by: Actor, now: datetime) -> int:
    """Every round of the last years that is over and was not counted, or was corrected since. Returns how many.

    Raises NotVisible.
    """
    require(by, COUNT_PAST)
    rounds = Result.objects.filter(school_id=by.school_id).order_by("campaign_id").values("campaign_id")
    counted = dict(
        PastShare.objects.filter(school_id=by.school_id)
        .order_by("campaign_id")
        .values_list("campaign_id")
        .annotate(Max("counted_at"))
    )
    found = 0
    for campaign_id, newest in rounds.annotate(newest=Max("scored_at")).values_list("campaign_id", "newest"):
        if campaign_id in counted and counted[campaign_id] >= newest:
            continue
        campaign = _over(now).filter(id=campaign_id).first()
        if campaign is not None:
            count(campaign=campaign, by=by, now=now)
            found += 1
    return found


def count(*, campaign: Campaign, by: Actor, now: datetime) -> list[PastShare]:
    """One round at the actor's school; what was counted before is replaced. Raises NotVisible."""
    require(by, COUNT_PAST)
    made = [
        PastShare(
            campaign=campaign,
            school_id=by.school_id,
            grade=grade,
            instrument=code,
            version=version,
            rule=rule,
            asked=one.asked,
            positive=one.positive,
            counted_at=now,
        )
        for (code, version, rule), by_grade in _tallied(campaign, by).items()
        for grade, one in kept(by_grade).items()
    ]
    PastShare.objects.filter(campaign=campaign, school_id=by.school_id).delete()
    PastShare.objects.bulk_create(made)
    record(by=by, action="campaign.counted", subject_kind="campaign", subject_id=campaign.id, now=now)
    return made


def _over(now: datetime) -> "QuerySet[Campaign]":
    ended = Q(state=CLOSED) | Q(state=OPEN, closes_at__lt=now - GRACE)
    return Campaign.objects.filter(ended, opens_at__gt=now - YEARS)


def _tallied(campaign: Campaign, by: Actor) -> dict[Key, dict[int, Counted]]:
    """By rule and grade; a sheet that a rule cannot decide counts nowhere for it."""
    rows = Result.objects.filter(campaign=campaign, school_id=by.school_id).exclude(sitting__state=SET_ASIDE)
    found: dict[Key, dict[int, Counted]] = defaultdict(lambda: defaultdict(lambda: NOBODY))
    columns = ("instrument", "version", "values", "school_class__grade")
    for code, version, values, grade in rows.values_list(*columns).iterator(chunk_size=2000):
        for rule in instruments.instrument(code, version).screens:
            outcome, _reached = instruments.judged(code, version, values, rule=rule.id)
            if outcome is not None:
                groups = found[code, version, rule.id]
                groups[grade] = groups[grade].plus(Counted(1, int(outcome)))
    return found
