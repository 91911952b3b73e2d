"""Reads of a box by its circle: the list, which shows no word of a report, and one report with its thread."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from qingyan.concerns.contracts import Circle, ConcernFacts, Kind, ReportTrace, Source, Urgency
from qingyan.concerns.models import Concern
from qingyan.concerns.models.report import KINDS, SOURCES, URGENCIES
from qingyan.concerns.queries.boxes import BOXES, Box, at_the_doors
from qingyan.concerns.workflow import CLOSED, RECEIVED, REPORT
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, permitted_rows
from qingyan.people import api as people

OPEN = "open"
TONES = {Urgency.NOW: "red", Urgency.TODAY: "orange", Urgency.WEEK: "blue"}
RANK = Case(
    *(When(urgency=urgency.value, then=Value(rank)) for rank, urgency in enumerate(Urgency)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Line:
    """One report in the list. `who` is a masked name, or empty."""

    id: UUID
    kind: str
    source: str
    urgency: str
    tone: str
    who: str
    school_class: str
    at: datetime
    state: str
    waits: bool
    taken_by: str


@dataclass(frozen=True)
class OwnLine:
    """What a member of staff sees of an own report: that it arrived and where it stands."""

    number: str
    at: datetime
    urgency: str
    state: str


def reports(actor: Actor, box: Box) -> Any:
    """All reports of this box that the actor may read."""
    return box.reports.objects.filter(permitted_rows(actor, box.read))


def listed(actor: Actor, box: Box, state: str) -> Any:
    """`open`: not closed, the most urgent and oldest first; otherwise the newest first."""
    rows = reports(actor, box).select_related("school_class", "taken_by")
    if state == OPEN:
        return rows.exclude(state=CLOSED).annotate(rank=RANK).order_by("state", "rank", "received_at", "id")
    if state in REPORT.states():
        rows = rows.filter(state=state)
    return rows.order_by("-received_at", "id")


def waiting_count(actor: Actor, box: Box) -> int:
    """How many nobody has taken; 0 for those who may not read them. One cheap query."""
    if not allowed(actor, box.read):
        return 0
    return reports(actor, box).filter(state=RECEIVED).count()


def lines(actor: Actor, rows: list[Any]) -> list[Line]:
    """Reports of one page in words; names of pupils are masked. One more query."""
    pupils = people.pupils(actor, {row.pupil for row in rows if row.pupil})
    return [
        Line(
            id=row.id,
            kind=str(KINDS[Kind(row.kind)]),
            source=str(SOURCES[Source(row.source)]),
            urgency=str(URGENCIES[Urgency(row.urgency)]),
            tone=TONES[Urgency(row.urgency)],
            who=pupils[row.pupil].masked_name if row.pupil in pupils else "",
            school_class=str(row.school_class or ""),
            at=row.received_at,
            state=_(REPORT.state(row.state).title),
            waits=row.state == RECEIVED,
            taken_by=row.taken_by.name if row.taken_by else "",
        )
        for row in rows
    ]


def thread(box: Box, report: Any) -> list[Any]:
    """The messages after the first one, in order; at most what a thread may hold."""
    return list(box.messages.objects.filter(report=report).select_related("by").order_by("at", "id")[:200])


def own_reports(actor: Actor) -> list[OwnLine]:
    """What this member of staff reported lately, at most twenty."""
    assert actor.school_id is not None
    with at_the_doors(actor.school_id):
        rows = [
            row
            for box in BOXES.values()
            for row in box.reports.objects.filter(school_id=actor.school_id, reported_by_id=actor.id).order_by(
                "-received_at"
            )[:20]
        ]
    rows.sort(key=lambda row: row.received_at, reverse=True)
    return [
        OwnLine(row.number, row.received_at, str(URGENCIES[Urgency(row.urgency)]), _(REPORT.state(row.state).title))
        for row in rows[:20]
    ]


def pupils_with_open_concerns(actor: Actor, students: Collection[UUID]) -> set[UUID]:
    """Those of these pupils of the actor's school about whom an open report speaks; counsellors' circle only."""
    rows = Concern.objects.filter(school_id=actor.school_id, pupil__in=students).exclude(state=CLOSED)
    return set(rows.values_list("pupil", flat=True))


def report_traces(actor: Actor, *, since: datetime | None = None) -> list[ReportTrace]:
    """Reports of the counsellors' circle that name a pupil of the actor's school: when, and whether by that pupil."""
    rows = Concern.objects.filter(school_id=actor.school_id, pupil__isnull=False)
    if since is not None:
        rows = rows.filter(received_at__gte=since)
    found = rows.values_list("id", "pupil", "source", "received_at")
    return [ReportTrace(key, pupil, source == Source.SELF, at) for key, pupil, source, at in found]


def concern_facts(actor: Actor, report_id: UUID) -> ConcernFacts | None:
    """A report to the counsellors as facts, or None when the actor may not read it (or it is the committee's)."""
    row = reports(actor, BOXES[Circle.COUNSELLOR]).filter(id=report_id).first()
    if row is None:
        return None
    return ConcernFacts(row.id, row.pupil, Kind(row.kind), Urgency(row.urgency), row.source == Source.SELF)
