"""Cases for the domain that counts: when todos were due and done, and how much was done in a span. No pupil, no word.

Who may see them is decided there and by the scope (gate "cases").
"""

from datetime import datetime

from qingyan.cases.contracts import SpanCounts, ToDoClock
from qingyan.cases.models import Case, CaseStep, Interview, ToDo
from qingyan.cases.workflow import OPEN_STATES, SEALED
from qingyan.foundation.access.actor import Actor


def todo_clocks(actor: Actor, *, first: datetime, after: datetime) -> list[ToDoClock]:
    """Todos of the actor's school that were due in this span and were not dropped. One query."""
    rows = ToDo.objects.filter(school_id=actor.school_id, due_at__gte=first, due_at__lt=after, dropped_at__isnull=True)
    return [ToDoClock(*row) for row in rows.values_list("kind", "due_at", "done_at")]


def span_counts(actor: Actor, *, first: datetime, after: datetime) -> SpanCounts:
    """Cases opened, in care now, talks held and pupils referred in the span; sealed cases count nowhere."""
    cases = Case.objects.filter(school_id=actor.school_id).exclude(state=SEALED)
    talks = Interview.objects.filter(
        school_id=actor.school_id, version=1, recorded_at__gte=first, recorded_at__lt=after
    )
    steps = CaseStep.objects.filter(school_id=actor.school_id, verb="refer", at__gte=first, at__lt=after)
    return SpanCounts(
        opened=cases.filter(opened_at__gte=first, opened_at__lt=after).count(),
        in_care=cases.filter(state__in=OPEN_STATES).count(),
        talks=talks.count(),
        referred=steps.values("case_id").distinct().count(),
    )
