"""Reads for the domains above: sittings, raw answers, open rounds. Who may see them is decided there and by the scope.

Row-level security shows answers only to a scope with the sight "answers", of its own school.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import OuterRef, Subquery

from qingyan.foundation.access.actor import Actor
from qingyan.screening.contracts import OpenCampaign, ReadSheet, SittingFacts
from qingyan.screening.models import AnswerSheet, CampaignInstrument, Sitting
from qingyan.screening.queries.campaigns import campaigns_at_school
from qingyan.screening.queries.presented import marks_in
from qingyan.screening.queries.progress import progress_here
from qingyan.screening.workflow import OPEN

BEHIND_SHOWN = 5


def sitting(actor: Actor, sitting_id: UUID) -> SittingFacts | None:
    """One sitting of the actor's school, or None when the scope shows none."""
    row = Sitting.objects.filter(school_id=actor.school_id, id=sitting_id).first()
    return _facts(row) if row else None


def answers_of(actor: Actor, sitting_id: UUID) -> ReadSheet | None:
    """The answers of one sitting of the actor's school, or None when the scope shows none."""
    row = _sheets(actor).filter(sitting_id=sitting_id).first()
    return _read(row, marks_in) if row else None


def sheets_saved_since(actor: Actor, since: datetime) -> Iterator[ReadSheet]:
    """Every sheet of the actor's school with an answer saved since then, finished or not, the oldest first."""
    rows = _sheets(actor).filter(saved_at__gte=since).order_by("saved_at")
    marks = cache(marks_in)  # frozen with the round, so asked once an instrument of it
    return (_read(row, marks) for row in rows.iterator(chunk_size=500))


def help_asked_since(actor: Actor, since: datetime) -> list[SittingFacts]:
    """Sittings of the actor's school in which a pupil asked for a talk since then, the oldest first."""
    rows = Sitting.objects.filter(school_id=actor.school_id, help_asked_at__gte=since).order_by("help_asked_at", "id")
    return [_facts(row) for row in rows]


def open_campaigns(actor: Actor, *, now: datetime) -> list[OpenCampaign]:
    """The open rounds at this school, with the classes that are furthest behind, the worst first."""
    rounds = campaigns_at_school(actor).filter(state=OPEN, opens_at__lte=now, closes_at__gt=now)
    return [_open(actor, campaign) for campaign in rounds.order_by("closes_at")]


def _open(actor: Actor, campaign) -> OpenCampaign:
    lines = progress_here(actor, campaign)
    behind = sorted((line for line in lines if line.progress.share < 100), key=lambda line: line.progress.share)
    return OpenCampaign(
        id=campaign.id,
        title=campaign.title,
        closes_at=campaign.closes_at,
        invited=sum(line.progress.invited for line in lines),
        finished=sum(line.progress.finished for line in lines),
        behind=tuple(f"{line.school_class} {line.progress.share}%" for line in behind[:BEHIND_SHOWN]),
    )


def _sheets(actor: Actor):
    asked = CampaignInstrument.objects.filter(
        campaign=OuterRef("sitting__campaign_id"), instrument=OuterRef("instrument"), version=OuterRef("version")
    )
    rows = AnswerSheet.objects.filter(school_id=actor.school_id).select_related("sitting")
    return rows.annotate(screen_rule=Subquery(asked.values("screen_rule")[:1]))


def _read(row: AnswerSheet, marks: Callable[[UUID, str, str], dict[str, str]]) -> ReadSheet:
    facts = _facts(row.sitting, row.screen_rule or "")
    marked = marks(facts.campaign, facts.instrument, facts.version)
    return ReadSheet(facts, tuple(row.answers), row.age, row.saved_at, marked)


def _facts(row: Sitting, screen_rule: str = "") -> SittingFacts:
    return SittingFacts(
        id=row.id,
        campaign=row.campaign_id,
        student=row.student_id,
        school=row.school_id,
        school_class=row.school_class_id,
        instrument=row.instrument,
        version=row.version,
        started_at=row.started_at,
        finished_at=row.finished_at,
        screen_rule=screen_rule,
    )
