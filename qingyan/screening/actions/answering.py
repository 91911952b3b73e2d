"""The quality of answering, for pages: have it judged, look, decide about a doubtful sheet. Judging: assessing.py."""

from collections.abc import Iterable
from datetime import datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.foundation.jobs.api import enqueue
from qingyan.screening.actions.inviting import invite, take_back
from qingyan.screening.models import AnsweringQuality, Campaign, Reading
from qingyan.screening.policy import JUDGE_ANSWERING

JOB = "screening.assess_answering"


def ask(*, campaign: Campaign, schools: Iterable[int], by: Actor, now: datetime) -> None:
    """Have the sheets of these schools judged in the background, each school by itself; the job judges what it may."""
    for school in schools:
        enqueue(JOB, by=by.at_school(school), campaign_id=str(campaign.id))
    record(by=by, action="campaign.judging_asked", subject_kind="campaign", subject_id=campaign.id, now=now)


def look(*, campaign: Campaign, shown: int, by: Actor, now: datetime) -> None:
    """That the page with the doubtful sheets was looked at, and how many it showed."""
    require(by, JUDGE_ANSWERING)
    record(
        by=by,
        action="answering.read",
        subject_kind="campaign",
        subject_id=campaign.id,
        now=now,
        detail={"shown": shown},
    )


def decide(*, quality: AnsweringQuality, reading: Reading, by: Actor, now: datetime) -> AnsweringQuality:
    """What a counsellor makes of a doubtful sheet. Again: the newest decision counts, each stands in the trail.

    "Again" invites the pupil in private, any other decision takes that back. Raises NotVisible, NotAllowed.
    """
    require(by, JUDGE_ANSWERING, quality)
    (invite if reading is Reading.AGAIN else take_back)(quality=quality, by=by, now=now)
    locked = AnsweringQuality.objects.select_for_update().get(pk=quality.pk)
    locked.reading, locked.read_by_id, locked.read_at = reading, by.id, now
    locked.save(update_fields=["reading", "read_by", "read_at"])
    record(
        by=by,
        action="answering.decided",
        subject_kind="sitting",
        subject_id=locked.pk,
        student_id=locked.student_id,
        now=now,
        detail={"reading": reading.value},
    )
    return locked
