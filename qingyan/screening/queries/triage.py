"""What the domain above weighs an alert by: a pupil's scores over time, how a sheet was answered, what teachers saw.

Facts without names; who may see them is decided there and by the scope (gates "results" and "observation").
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.organisations import api as organisations
from qingyan.screening.contracts import ObservedOften, ScoredSheet
from qingyan.screening.models import AnsweringQuality, Campaign, Observation, Result, SecondStage
from qingyan.screening.observation_form import OFTEN, seen
from qingyan.screening.queries.candidates import Candidate, found
from qingyan.screening.queries.observation import window_of
from qingyan.screening.workflow import DRAFT, SET_ASIDE

MOST_SHEETS = 400  # of the asked pupils together, the newest; a page asks about thirty


@dataclass(frozen=True)
class Listed:
    """The candidates of one round whose observation has ended."""

    campaign: Campaign
    candidates: list[Candidate]


def scored_sheets(actor: Actor, students: Collection[UUID]) -> list[ScoredSheet]:
    """Scored sheets of these pupils of the actor's school, the newest first; set aside ones are left out."""
    rows = Result.objects.filter(school_id=actor.school_id, student_id__in=students)
    rows = rows.exclude(sitting__state=SET_ASIDE).order_by("-scored_at")
    fields = ("sitting_id", "student_id", "instrument", "version", "values", "scored_at")
    return [ScoredSheet(*row) for row in rows.values_list(*fields)[:MOST_SHEETS]]


def doubtful_sheets(actor: Actor, sittings: Collection[UUID]) -> dict[UUID, bool]:
    """Of these sheets, those with a verdict on their answering, and whether it is doubtful."""
    rows = AnsweringQuality.objects.filter(school_id=actor.school_id, sitting_id__in=sittings)
    return dict(rows.values_list("sitting_id", "doubtful"))


def often_seen(actor: Actor, students: Collection[UUID], *, since: datetime) -> dict[UUID, int]:
    """How many behaviours a teacher saw often, for pupils with any; the most that one teacher saw."""
    rows = Observation.objects.filter(school_id=actor.school_id, student_id__in=students, saved_at__gte=since)
    most: dict[UUID, int] = {}
    for student, marks in rows.values_list("student_id", "marks"):
        most[student] = max(most.get(student, 0), len(seen(marks, OFTEN)))
    return {student: count for student, count in most.items() if count}


def observations_of(actor: Actor, *, since: datetime | None = None) -> list[ObservedOften]:
    """How many behaviours a teacher saw often, for each form of the actor's school, none included. One query."""
    rows = Observation.objects.filter(school_id=actor.school_id)
    if since is not None:
        rows = rows.filter(saved_at__gte=since)
    found = rows.values_list("student_id", "saved_at", "marks")
    return [ObservedOften(student, at, len(seen(marks, OFTEN))) for student, at, marks in found]


def listed_candidates(actor: Actor, *, now: datetime) -> list[Listed]:
    """Every round of the actor's school whose observation is over, with its candidates; rounds of this school year."""
    year = organisations.current_year(now)
    rounds = Campaign.objects.filter(Q(school_id=actor.school_id) | Q(school__isnull=True)).exclude(state=DRAFT)
    if year is not None:
        rounds = rounds.filter(opens_at__date__gte=year.starts_on)
    stages = {stage.campaign_id: stage for stage in SecondStage.objects.filter(campaign__in=rounds)}
    return [
        Listed(campaign, found(actor, campaign, stages[campaign.id]))
        for campaign in rounds.filter(id__in=stages)
        if window_of(actor, campaign, stages[campaign.id]).is_over(now)
    ]
