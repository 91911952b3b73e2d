"""The second stage: set its rule, open the list early with a reason, assign an instrument to pupils, withdraw it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.instruments import api as instruments
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.screening.actions.campaigns import Holder
from qingyan.screening.models import Assignment, Campaign, EarlyLook, SecondStage, Sitting
from qingyan.screening.models.second_stage import ASSIGNED, WITHDRAWN
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries.assignments import first_days, second_choices, standing
from qingyan.screening.queries.campaigns import Choice
from qingyan.screening.rules.second_stage import due_day
from qingyan.screening.workflow import DRAFT, OPEN, SET_ASIDE


class NothingAssigned(Exception):
    """Nobody could be assigned it: the round is over before the interval, or every one of them has one."""


def set_rule(*, stage: SecondStage, by: Actor, now: datetime) -> SecondStage:
    """Write down the rule of the second stage. An open round may still get one, but not change it.

    Raises NotVisible, NotAllowed.
    """
    campaign = stage.campaign
    require(by, Holder(campaign.school_id, campaign.city_id).permission, campaign)
    late = campaign.state == OPEN and not SecondStage.objects.filter(campaign=campaign).exists()
    if campaign.state != DRAFT and not late:
        raise NotAllowed("campaign: the rule stands once the round is open")
    SecondStage.objects.update_or_create(
        campaign=campaign,
        defaults={
            field.attname: getattr(stage, field.attname)
            for field in SecondStage._meta.concrete_fields
            if not field.primary_key
        },
    )
    record(by=by, action="second_stage.set", subject_kind="campaign", subject_id=campaign.id, now=now)
    return stage


def look_early(*, campaign: Campaign, reason: str, by: Actor, now: datetime) -> EarlyLook:
    """Open the list of candidates before the observation has ended. Raises NotVisible; the reason must not be empty."""
    require(by, READ_CANDIDATES)
    if not reason:
        raise ValueError("an early look says why")
    look = EarlyLook.objects.create(campaign=campaign, school_id=by.school_id, reason=reason, at=now, by_id=by.id)
    record(by=by, action="candidates.opened_early", subject_kind="campaign", subject_id=campaign.id, now=now)
    return look


def look(*, campaign: Campaign, shown: int, by: Actor, now: datetime) -> None:
    """That the list was looked at, and how many it showed."""
    require(by, READ_CANDIDATES)
    detail = {"shown": shown}
    record(by=by, action="candidates.read", subject_kind="campaign", subject_id=campaign.id, detail=detail, now=now)


def look_at(*, campaign: Campaign, student_id: UUID, by: Actor, now: datetime) -> None:
    """That one pupil's results and observations were looked at side by side."""
    require(by, READ_CANDIDATES)
    record(
        by=by,
        action="comparison.read",
        subject_kind="campaign",
        subject_id=campaign.id,
        student_id=student_id,
        now=now,
    )


def assign(
    *, campaign: Campaign, students: Collection[UUID], instrument: str, by: Actor, now: datetime
) -> list[Assignment]:
    """Assign an instrument to these pupils, each from the first day that the interval allows.

    Whoever has one already, is too young or old for it, in a grade that the city has not approved it for, or would
    come too late for the round is left out.
    Raises NotVisible, NothingAssigned; LookupError for an instrument that may not be assigned.
    """
    require(by, READ_CANDIDATES)
    choice = next((one for one in second_choices(campaign) if one.summary.code == instrument), None)
    if choice is None:
        raise LookupError(instrument)
    drafted = _in_grades(choice, _drafts(campaign, students, instrument, by, now))
    made = [one for one in drafted if one.from_day <= one.due_day]
    if not made:
        raise NothingAssigned
    for one in made:
        one.version = choice.summary.version
    Assignment.objects.bulk_create(made)
    for one in made:
        _record("assignment.made", one, by=by, now=now)
    return made


def withdraw(*, assignment: Assignment, by: Actor, now: datetime) -> None:
    """It is not needed any more. Twice is no fault.

    Raises NotVisible; NotAllowed when the pupil has begun.
    """
    require(by, READ_CANDIDATES, assignment)
    locked = Assignment.objects.select_for_update().get(id=assignment.id)
    if locked.state == WITHDRAWN:
        return
    begun = Sitting.objects.filter(
        campaign_id=locked.campaign_id, student_id=locked.student_id, instrument=locked.instrument
    )
    if begun.exclude(state=SET_ASIDE).exists():
        raise NotAllowed("assignment: the pupil has begun")
    locked.state, locked.withdrawn_at = WITHDRAWN, now
    locked.save(update_fields=["state", "withdrawn_at"])
    _record("assignment.withdrawn", locked, by=by, now=now)


def _drafts(campaign: Campaign, students: Collection[UUID], instrument: str, by: Actor, now: datetime):
    if campaign.state != OPEN:
        return
    stage = SecondStage.objects.filter(campaign=campaign).first()
    days = first_days(by, campaign, students, least_days=stage.least_days if stage else 0)
    today, last = timezone.localdate(now), timezone.localdate(campaign.closes_at)
    given = standing(by, campaign, students)
    plan = instruments.plan(instrument)
    for pupil in people.pupils(by, students).values():
        age = people.age_on(pupil.birth_date, today)
        if pupil.id in given or (age is not None and not plan.suits(age)):
            continue
        start = max(today, days.get(pupil.id, today))
        yield Assignment(
            campaign=campaign,
            student_id=pupil.id,
            school_id=pupil.school,
            school_class_id=pupil.school_class,
            instrument=instrument,
            from_day=start,
            due_day=due_day(start, round_ends=last),
            state=ASSIGNED,
            at=now,
            by_id=by.id,
        )


def _in_grades(choice: Choice, drafted: Iterable[Assignment]) -> list[Assignment]:
    """Those whose grade the city has approved it for."""
    listed = list(drafted)
    classes = SchoolClass.objects.filter(id__in={one.school_class_id for one in listed}, grade__in=choice.grades)
    approved = set(classes.values_list("id", flat=True))
    return [one for one in listed if one.school_class_id in approved]


def _record(action: str, one: Assignment, *, by: Actor, now: datetime) -> None:
    record(by=by, action=action, subject_kind="assignment", subject_id=one.id, student_id=one.student_id, now=now)
