"""Instruments that were assigned to single pupils: what stands, whether it was handed in. No score."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.instruments import api as instruments
from qingyan.screening.models import Assignment, Campaign, CampaignInstrument, Result, Sitting
from qingyan.screening.models.second_stage import ASSIGNED
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries.campaigns import Choice, choices
from qingyan.screening.rules.second_stage import first_day
from qingyan.screening.workflow import FINISHED, SET_ASIDE


@dataclass(frozen=True)
class Given:
    """An assignment that stands, and how far the pupil is. `state` is None before the pupil has begun."""

    assignment: Assignment
    state: str | None

    @property
    def done(self) -> bool:
        """Handed in."""
        return self.state == FINISHED

    @property
    def title(self) -> str:
        """The instrument's title for staff."""
        return instruments.instrument(self.assignment.instrument, self.assignment.version).title.zh


def standing(actor: Actor, campaign: Campaign, students: Collection[UUID]) -> dict[UUID, Given]:
    """The newest assignment of each of these pupils. Two statements."""
    return {one.assignment.student_id: one for one in _given(actor, campaign) if one.assignment.student_id in students}


def given_in(actor: Actor, campaign: Campaign) -> list[Given]:
    """Everything assigned in this round at the actor's school, the oldest first."""
    return _given(actor, campaign)


def assignment_of(actor: Actor, assignment_id: UUID) -> Assignment | None:
    """One of the actor's school, or None."""
    return Assignment.objects.filter(permitted_rows(actor, READ_CANDIDATES), id=assignment_id).first()


def first_days(actor: Actor, campaign: Campaign, students: Collection[UUID], *, least_days: int) -> dict[UUID, date]:
    """From which day each pupil may be asked again, counted from the last result in this round."""
    rows = Result.objects.filter(campaign=campaign, school_id=actor.school_id, student_id__in=students)
    last: dict[UUID, datetime] = {}
    for student, at in rows.values_list("student_id", "scored_at"):
        last[student] = max(at, last.get(student, at))
    return {student: first_day(timezone.localdate(at), least_days=least_days) for student, at in last.items()}


def second_choices(campaign: Campaign) -> list[Choice]:
    """The instruments that may be assigned: a pupil does one instrument once a round, so none that it asks already."""
    asked = set(CampaignInstrument.objects.filter(campaign=campaign).values_list("instrument", flat=True))
    return [one for one in choices() if one.summary.code not in asked]


def first_choices(campaign: Campaign) -> list[tuple[str, str]]:
    """The instruments of the round that have a screening rule, for a select: code and title."""
    rows = CampaignInstrument.objects.filter(campaign=campaign)
    found = [instruments.instrument(one.instrument, one.version) for one in rows]
    return [(one.code, one.title.zh) for one in found if one.screens]


def _given(actor: Actor, campaign: Campaign) -> list[Given]:
    rows = Assignment.objects.filter(permitted_rows(actor, READ_CANDIDATES), campaign=campaign, state=ASSIGNED)
    rows = rows.select_related("student", "school_class", "by").order_by("at", "id")
    here = Sitting.objects.filter(campaign=campaign, school_id=actor.school_id, again_of=None).exclude(state=SET_ASIDE)
    codes = {one.instrument for one in rows}
    states = {
        (student, instrument): state
        for student, instrument, state in here.filter(instrument__in=codes).values_list(
            "student_id", "instrument", "state"
        )
    }
    return [Given(one, states.get((one.student_id, one.instrument))) for one in rows]
