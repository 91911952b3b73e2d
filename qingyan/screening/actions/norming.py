"""Norms of the city from a closed round: asked for by its officer, computed by the platform school by school.

Values are pooled in memory and leave it as norms only. Each school's trail says how many sheets were counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.api import enqueue
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.instruments import api as instruments
from qingyan.instruments.api.norms import LocalNorm, keep_norm
from qingyan.instruments.contracts import GroupBy, NewNorm
from qingyan.organisations.api import school_ids
from qingyan.screening.models import AnsweringQuality, AnswerSheet, Campaign, CampaignInstrument, Reading, Result
from qingyan.screening.policy import COUNT_NORMS, MANAGE_CITY_CAMPAIGN
from qingyan.screening.rules.disclosure import rounded
from qingyan.screening.rules.norming import RULE_VERSION, Counted, norms
from qingyan.screening.workflow import CLOSED, FINISHED

JOB = "screening.compute_norms"
SEXES = frozenset({"M", "F"})


@dataclass(frozen=True)
class Wanted:
    """Norms of which instrument of which round, by grade or by age."""

    campaign: Campaign
    asked: CampaignInstrument
    group_by: GroupBy


def ask(*, campaign: Campaign, instrument: str, group_by: GroupBy, by: Actor, now: datetime) -> None:
    """Have them computed in the background. Raises NotVisible, NotAllowed before the round is closed."""
    require(by, MANAGE_CITY_CAMPAIGN, campaign)
    if campaign.state != CLOSED:
        raise NotAllowed("norms: the round is not closed")
    key = f"{JOB}:{campaign.id}:{instrument}:{RULE_VERSION}"
    enqueue(JOB, by=by, key=key, campaign_id=str(campaign.id), instrument=instrument, group_by=group_by)
    detail = {"instrument": instrument, "by": group_by}
    record(by=by, action="norms.asked", subject_kind="campaign", subject_id=campaign.id, now=now, detail=detail)


def compute(*, wanted: Wanted, by: Actor, now: datetime) -> LocalNorm | None:
    """Count every school and keep the norm; None where this round has one already. Raises NotVisible."""
    campaign, asked = wanted.campaign, wanted.asked
    plan = instruments.plan(asked.instrument, asked.version)
    if LocalNorm.objects.filter(campaign=campaign.id, instrument=asked.instrument, rule_version=RULE_VERSION).exists():
        return None
    left_out: Counter[str] = Counter()
    counted = [one for school in school_ids() for one in _of_school(wanted, left_out, by.at_school(school), now)]
    computed = norms(counted)
    new = NewNorm(
        city_id=campaign.city_id or 0,
        campaign=campaign.id,
        campaign_title=campaign.title,
        instrument=asked.instrument,
        version=asked.version,
        digest=plan.digest,
        group_by=wanted.group_by,
        rule_version=RULE_VERSION,
        sheets=rounded(len(counted)),
        left_out={why: rounded(count) for why, count in sorted(left_out.items())},
        too_small=computed.too_small,
        cells=computed.cells,
    )
    return keep_norm(new=new, by=by, now=now)


def _of_school(wanted: Wanted, left_out: Counter[str], by: Actor, now: datetime) -> list[Counted]:
    """The sheets of one school that count; why others do not is added up in `left_out`."""
    require(by, COUNT_NORMS)
    with transaction.atomic(), entered(by):
        found = list(_sheets(wanted, left_out, by))
        detail = {"instrument": wanted.asked.instrument, "sheets": len(found)}
        record(
            by=by,
            action="norms.counted",
            subject_kind="campaign",
            subject_id=wanted.campaign.id,
            now=now,
            detail=detail,
        )
    return found


def _sheets(wanted: Wanted, left_out: Counter[str], by: Actor) -> Iterator[Counted]:
    asked = wanted.asked
    rows = Result.objects.filter(
        campaign=wanted.campaign,
        school_id=by.school_id,
        instrument=asked.instrument,
        version=asked.version,
        sitting__state=FINISHED,
        school_class__grade__gte=asked.grade_from,
        school_class__grade__lte=asked.grade_to,
    )
    quality, ages = _quality(wanted, by), _ages(wanted, by)
    named = rows.values_list("sitting_id", "student__sex", "school_class__grade", "values", "quality")
    for sitting, sex, grade, values, careful in named:
        group = grade if wanted.group_by == "grade" else ages.get(sitting)
        why = _why_not(quality.get(sitting), careful, sex, group)
        if why or group is None:
            left_out[why or "group"] += 1
        else:
            yield Counted((group, sex), {scale: one for scale, one in values.items() if one is not None})


def _why_not(verdict: tuple[bool, str] | None, careful: dict, sex: str, group: int | None) -> str | None:
    """Why a sheet does not count: not judged yet, doubtful and not accepted by a counsellor, no group."""
    if verdict is None:
        return "unjudged"
    doubtful, reading = verdict
    lied = bool((careful or {}).get("validity", {}).get("doubtful"))
    if (doubtful or lied) and reading != Reading.COUNTS:
        return "doubtful"
    return "group" if sex not in SEXES or group is None else None


def _quality(wanted: Wanted, by: Actor) -> dict[object, tuple[bool, str]]:
    rows = AnsweringQuality.objects.filter(
        campaign=wanted.campaign, school_id=by.school_id, instrument=wanted.asked.instrument
    )
    return {
        sitting: (doubtful, reading) for sitting, doubtful, reading in rows.values_list("pk", "doubtful", "reading")
    }


def _ages(wanted: Wanted, by: Actor) -> dict[object, int | None]:
    rows = AnswerSheet.objects.filter(
        sitting__campaign=wanted.campaign, school_id=by.school_id, instrument=wanted.asked.instrument
    )
    return dict(rows.values_list("sitting_id", "age"))
