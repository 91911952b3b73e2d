"""What a pupil can take now: the open rounds' instruments for the own grade and age, and how far the pupil is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.instruments import api as instruments
from qingyan.organisations.api import School, SchoolClass
from qingyan.people import api as people
from qingyan.screening.contracts import Receipt
from qingyan.screening.models import AnswerSheet, Assignment, Campaign, CampaignInstrument, Reinvitation, Sitting
from qingyan.screening.models.again import INVITED
from qingyan.screening.models.second_stage import ASSIGNED
from qingyan.screening.queries.presented import presented
from qingyan.screening.queries.slots import spans_of
from qingyan.screening.rules.order import places
from qingyan.screening.rules.slots import may_begin
from qingyan.screening.workflow import FINISHED, OPEN, SET_ASIDE


@dataclass(frozen=True)
class Test:
    """One instrument of one open round, for one pupil. `state` is None before the pupil has begun."""

    campaign: UUID
    campaign_title: str
    notice: str
    notice_version: int
    consent_text: UUID | None
    instrument: str
    version: str
    title: str
    items: int
    state: str | None
    sitting: UUID | None
    answered: int
    again_of: UUID | None = None
    open_until: datetime | None = None

    @property
    def again(self) -> bool:
        """Asked for once more by the counsellor; the page says so without a reason."""
        return self.again_of is not None and not self.finished

    @property
    def finished(self) -> bool:
        """Handed in."""
        return self.state == FINISHED


def tests_for(actor: Actor, *, now: datetime) -> list[Test]:
    """Everything that the pupil may take or has taken in the open rounds, in order."""
    return list(_tests(actor, now, Q()))


def test_for(actor: Actor, campaign_id: UUID, instrument: str, *, now: datetime) -> Test | None:
    """One of them, or None."""
    return next(_tests(actor, now, Q(campaign_id=campaign_id, instrument=instrument)), None)


def own_sitting(actor: Actor, sitting_id: UUID) -> Sitting | None:
    """The pupil's own sitting with its round, or None."""
    return _sittings(actor).select_related("campaign").filter(id=sitting_id).first()


def answered_on(actor: Actor, sitting: Sitting) -> int:
    """How many answers of the pupil's own sheet are stored."""
    return _answered(actor).get(sitting.id, 0)


def receipt_of(actor: Actor, sitting: Sitting) -> Receipt | None:
    """The receipt of the pupil's own hand-in, exactly as it was given; None before that."""
    mine = AnswerSheet.objects.filter(student_id=actor.student_id, school_id=actor.school_id)
    number = mine.filter(sitting_id=sitting.id).values_list("submission", flat=True).first()
    if number is None or sitting.finished_at is None:
        return None
    return Receipt(sitting.id, number, sitting.finished_at)


def page_of_sheet(actor: Actor, sitting: Sitting) -> dict[str, Any]:
    """What the answering page needs: the questions, the stored answers in the page's order, the highest sequence."""
    mine = AnswerSheet.objects.filter(student_id=actor.student_id, school_id=actor.school_id)
    sheet = mine.get(sitting_id=sitting.id)
    page = presented(sitting.campaign_id, sheet.instrument, sheet.version, sheet.age)
    items = _in_order(page["items"], sitting, len(sheet.answers))
    return {
        "sheet": str(sheet.sitting_id),
        "title": page["title"],
        "lead": page["lead_in"],
        "items": items,
        "answers": [sheet.answers[item["i"]] for item in items],
        "seq": max((seq for seq in sheet.sequences if seq is not None), default=0),
    }


def _in_order(items: list[dict[str, Any]], sitting: Sitting, count: int) -> list[dict[str, Any]]:
    by_place = {item["i"]: item for item in items}  # items that this pupil is not asked are missing
    order = places(count, sitting=sitting.id, order=sitting.campaign.item_order)
    return [by_place[place] for place in order if place in by_place]


def _tests(actor: Actor, now: datetime, wanted: Q) -> Iterator[Test]:
    pupil = people.pupil(actor, actor.student_id) if actor.student_id else None
    place = SchoolClass.objects.filter(id=actor.class_id, school_id=actor.school_id).first()
    if pupil is None or place is None:
        return
    age = people.age_on(pupil.birth_date, timezone.localdate(now))
    mine = list(_sittings(actor))
    sittings = {(one.campaign_id, one.instrument): one for one in mine if one.again_of_id is None}
    again = {one.again_of_id: one for one in mine}
    answered = _answered(actor)
    rounds = _rounds(actor.school_id, now)
    spans = spans_of(actor.school_id, rounds)
    today = timezone.localdate(now)
    invited = list(_invited(actor, now).filter(wanted))
    instead = {(one.campaign_id, one.instrument) for one in invited}
    yield from (_again_test(one, again.get(one.first_id), age, answered) for one in invited)
    for asked in chain(_asked(rounds, place.grade).filter(wanted), _assigned(actor, rounds, today).filter(wanted)):
        if (asked.campaign_id, asked.instrument) in instead:
            continue
        plan = instruments.plan(asked.instrument, asked.version)
        if age is not None and not plan.suits(age):
            continue
        sitting = sittings.get((asked.campaign_id, asked.instrument))
        private = isinstance(asked, Assignment)  # meant for one pupil: no class waits for its slot
        if (
            sitting is None
            and not private
            and not may_begin(spans.get(asked.campaign_id, ()), class_id=place.id, now=now)
        ):
            continue  # only beginning waits for the slot; what was begun may go on
        yield _test(asked, sitting, age, answered)


def _test(asked: Any, sitting: Sitting | None, age: int | None, answered: dict[UUID, int]) -> Test:
    plan = instruments.plan(asked.instrument, asked.version)
    return Test(
        campaign=asked.campaign_id,
        campaign_title=asked.campaign.title,
        notice=asked.campaign.notice,
        notice_version=asked.campaign.notice_version,
        consent_text=asked.campaign.consent_text_id,
        instrument=asked.instrument,
        version=asked.version,
        title=plan.instrument.public_title.zh,
        items=len(plan.items) - len(plan.not_asked(age)),
        state=sitting.state if sitting else None,
        sitting=sitting.id if sitting else None,
        answered=answered.get(sitting.id, 0) if sitting else 0,
    )


def _again_test(one: Reinvitation, sitting: Sitting | None, age: int | None, answered: dict[UUID, int]) -> Test:
    return replace(_test(one, sitting, age, answered), again_of=one.first_id, open_until=one.until)


def _invited(actor: Actor, now: datetime) -> "QuerySet[Reinvitation]":
    """What a counsellor asked this pupil to do once more, also after the round has ended."""
    mine = Reinvitation.objects.filter(student_id=actor.student_id, school_id=actor.school_id, state=INVITED)
    return mine.filter(until__gt=now).select_related("campaign").order_by("at", "id")


def takes_answers(sitting: Sitting, now: datetime) -> bool:
    """Whether it may be answered: its round is open, or it was asked for once more and the time is not over."""
    return sitting.campaign.state == OPEN or (sitting.open_until is not None and sitting.open_until > now)


def _sittings(actor: Actor):
    """The pupil's own; one that somebody else answered is not theirs."""
    mine = Sitting.objects.filter(student_id=actor.student_id, school_id=actor.school_id)
    return mine.exclude(state=SET_ASIDE)


def _rounds(school_id: int | None, now: datetime) -> "QuerySet[Campaign]":
    city = School.objects.filter(id=school_id).values("district__city_id")
    return Campaign.objects.filter(
        Q(school_id=school_id) | Q(city_id__in=city), state=OPEN, opens_at__lte=now, closes_at__gt=now
    )


def _asked(rounds: "QuerySet[Campaign]", grade: int) -> "QuerySet[CampaignInstrument]":
    rows = CampaignInstrument.objects.filter(campaign__in=rounds, grade_from__lte=grade, grade_to__gte=grade)
    return rows.select_related("campaign").order_by("campaign__opens_at", "campaign_id", "position")


def _assigned(actor: Actor, rounds: "QuerySet[Campaign]", today: date) -> "QuerySet[Assignment]":
    """What a counsellor assigned to this pupil alone, on the days when it may be done; shown as any other test."""
    mine = Assignment.objects.filter(student_id=actor.student_id, school_id=actor.school_id, campaign__in=rounds)
    days = mine.filter(state=ASSIGNED, from_day__lte=today, due_day__gte=today)
    return days.select_related("campaign").order_by("at", "id")


def _answered(actor: Actor) -> dict[UUID, int]:
    rows = AnswerSheet.objects.filter(student_id=actor.student_id, school_id=actor.school_id)
    return {
        sitting: sum(answer is not None for answer in answers)
        for sitting, answers in rows.values_list("sitting_id", "answers")
    }
