"""What the domain that counts may read of a round at one school: each scored sheet without an answer or a name.

For counting in memory only; who may do that is decided there and by the scope (gates "results" and "progress").
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q

from qingyan.foundation.access.actor import Actor
from qingyan.screening.contracts import ClassProgress, RoundFacts, RoundName, SheetTally
from qingyan.screening.models import AnsweringQuality, Campaign, Result
from qingyan.screening.queries.progress import HERE
from qingyan.screening.rules.sheets import GRACE
from qingyan.screening.workflow import CLOSED, DRAFT, SET_ASIDE

FIELDS = ("sitting_id", "student_id", "school_class__grade", "instrument", "version", "screen", "bands")


def rounds_here(actor: Actor, *, now: datetime) -> list[RoundFacts]:
    """The rounds that concern the actor's school and have begun, the oldest first; which are over, what is newest."""
    rows = Campaign.objects.filter(Q(school_id=actor.school_id) | Q(school__isnull=True), opens_at__lte=now)
    scored = _newest(Result, "scored_at", actor)
    judged = _newest(AnsweringQuality, "assessed_at", actor)
    return [
        RoundFacts(
            id=row.id,
            of_the_city=row.school_id is None,
            closes_at=row.closes_at,
            over=row.state == CLOSED or row.closes_at < now - GRACE,
            newest=max((at for at in (scored.get(row.id), judged.get(row.id)) if at), default=None),
        )
        for row in rows.exclude(state=DRAFT).order_by("opens_at", "id")
    ]


def round_names(ids: Collection[UUID]) -> dict[UUID, RoundName]:
    """These rounds by name; no pupil's data, whoever asks."""
    fields = ("id", "title", "school_id", "opens_at", "closes_at")
    return {row[0]: RoundName(*row) for row in Campaign.objects.filter(id__in=ids).values_list(*fields)}


def sheet_tallies(actor: Actor, campaign_id: UUID) -> Iterator[SheetTally]:
    """Every scored sheet of the round at the actor's school; set aside ones and repetitions are left out."""
    here = {"school_id": actor.school_id, "campaign_id": campaign_id}
    doubtful = dict(AnsweringQuality.objects.filter(**here).values_list("sitting_id", "doubtful"))
    rows = Result.objects.filter(**here, sitting__again_of__isnull=True).exclude(sitting__state=SET_ASIDE)
    for sitting, student, grade, code, version, screen, bands in rows.values_list(*FIELDS).iterator(chunk_size=2000):
        yield SheetTally(student, grade, code, version, screen.get("outcome"), bands, doubtful.get(sitting))


def progress_of_classes(actor: Actor, campaign_id: UUID) -> list[ClassProgress]:
    """How far each class of the actor's school is; nothing without sight of progress."""
    with connection.cursor() as cursor:
        cursor.execute(HERE, [campaign_id])
        return [ClassProgress(*row) for row in cursor.fetchall()]


def _newest(model: Any, field: str, actor: Actor) -> dict[UUID, datetime]:
    rows = model.objects.filter(school_id=actor.school_id).order_by("campaign_id").values_list("campaign_id")
    return dict(rows.annotate(Max(field)))
