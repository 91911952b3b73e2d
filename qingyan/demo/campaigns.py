"""Writes the demo's two campaigns, and sittings, answer sheets and results of one school in its scope."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from qingyan.demo import consents
from qingyan.demo.cast import CITY_LEAD, NAMESPACE
from qingyan.demo.rounds import NOTICE, ROUNDS, RoundPlan, window
from qingyan.demo.rounds import OPEN as OPEN_ROUND
from qingyan.demo.sittings import SittingPlan
from qingyan.demo.town import Town
from qingyan.foundation.database.bulk import insert
from qingyan.instruments import api as instruments
from qingyan.organisations.models import SchoolClass
from qingyan.screening.models import AnswerSheet, Campaign, CampaignInstrument, Result, Sitting
from qingyan.screening.rules.outcome import Outcome, Sheet, outcome
from qingyan.screening.rules.sheets import fingerprint
from qingyan.screening.workflow import ANSWERING, CLOSED, FINISHED, OPEN, STOPPED


def campaign_id(plan: RoundPlan) -> UUID:
    """The same in every load."""
    return uuid5(NAMESPACE, f"campaign:{plan.number}")


def day_of_load() -> datetime | None:
    """Midnight of the day when the rounds were written, so that a load which goes on keeps its dates; None before."""
    found = Campaign.objects.filter(id=campaign_id(OPEN_ROUND)).values_list("opens_at", flat=True).first()
    if found is None:
        return None
    opened = timezone.localtime(found)
    return opened.replace(hour=0) - timedelta(days=OPEN_ROUND.opens)


def asks(plan: RoundPlan, grade: int) -> bool:
    """Whether the round asks this grade anything."""
    return any(asked.grade_from <= grade <= asked.grade_to for asked in plan.instruments)


def open_rounds(town: Town, *, now: datetime, rounds: Iterable[RoundPlan] = ROUNDS) -> None:
    """Write these campaigns of the city with their instruments. A transaction must be open."""
    for plan in rounds:
        opens_at, closes_at = window(plan, now)
        campaign = Campaign.objects.create(
            id=campaign_id(plan),
            city=town.city,
            title=plan.title,
            notice=NOTICE,
            consent_text_id=consents.TEXT,
            opens_at=opens_at,
            closes_at=closes_at,
            state=CLOSED if plan.is_closed else OPEN,
            created_by_id=CITY_LEAD.id,
        )
        CampaignInstrument.objects.bulk_create(
            CampaignInstrument(
                id=uuid5(campaign.id, asked.instrument),
                campaign=campaign,
                instrument=asked.instrument,
                version=instruments.plan(asked.instrument).version,
                grade_from=asked.grade_from,
                grade_to=asked.grade_to,
                position=position,
            )
            for position, asked in enumerate(plan.instruments, start=1)
        )


@dataclass(frozen=True)
class Kept:
    """A sitting beside what handing it in left behind; None when it was not handed in."""

    sitting: SittingPlan
    outcome: Outcome | None


def hand_in(plan: RoundPlan, sat: Iterable[SittingPlan], classes: Mapping[tuple[int, int], SchoolClass]) -> list[Kept]:
    """Write what the pupils of one school did in this round; gives it back with the scores."""
    pairs = [(one, classes[one.class_]) for one in sat]
    insert(Sitting, (_sitting(plan, one, place) for one, place in pairs))
    insert(AnswerSheet, (_sheet(one, place) for one, place in pairs))
    kept = [Kept(one, _outcome(plan, one, place) if one.finished else None) for one, place in pairs]
    insert(Result, (Result(**one.outcome.result) for one in kept if one.outcome))
    return kept


def _sitting(plan: RoundPlan, one: SittingPlan, place: SchoolClass) -> Sitting:
    state = FINISHED if one.finished else STOPPED if plan.is_closed or one.paused else ANSWERING
    return Sitting(
        id=one.id,
        campaign_id=campaign_id(plan),
        student_id=one.pupil.id,
        school_id=place.school_id,
        school_class=place,
        instrument=one.plan.code,
        version=one.plan.version,
        state=state,
        notice_read_at=one.notice_read_at,
        started_at=one.started_at,
        stopped_at=one.ended_at if state == STOPPED else None,
        finished_at=one.ended_at if state == FINISHED else None,
    )


def _sheet(one: SittingPlan, place: SchoolClass) -> AnswerSheet:
    return AnswerSheet(
        sitting_id=one.id,
        student_id=one.pupil.id,
        school_id=place.school_id,
        school_class=place,
        instrument=one.plan.code,
        version=one.plan.version,
        instrument_hash=one.plan.digest,
        age=one.age,
        answers=one.answers,
        times=one.times,
        sequences=one.sequences,
        submission=uuid5(one.id, "submission") if one.finished else None,
        answers_hash=fingerprint(one.answers) if one.finished else "",
        saved_at=one.ended_at,
    )


def _outcome(plan: RoundPlan, one: SittingPlan, place: SchoolClass) -> Outcome:
    sheet = Sheet(
        sitting=one.id,
        campaign=campaign_id(plan),
        student=one.pupil.id,
        school=place.school_id,
        school_class=place.id,
        instrument=one.plan.code,
        version=one.plan.version,
        age=one.age,
        answers=one.answers,
        times=one.times,
    )
    return outcome(sheet, one.plan, at=one.ended_at)
