"""What the other domains know of one school, brought together as cells. The school's scope is entered.

Pupils meet their sheets in memory only; what leaves this module are counts.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from qingyan.alerts import api as alerts
from qingyan.cases import api as cases
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.roles import Sight
from qingyan.insight.rules.cells import Counts
from qingyan.insight.rules.tally import (
    ACKNOWLEDGE,
    alert_cells,
    clock_cells,
    coverage_cells,
    sheet_cells,
    work_cells,
)
from qingyan.instruments import api as instruments
from qingyan.organisations import api as organisations
from qingyan.organisations.api import SchoolClass, Term
from qingyan.people import api as people
from qingyan.screening import api as screening
from qingyan.screening.contracts import RoundFacts

SIGHT = frozenset({Sight.CUBE, Sight.ANSWERS, Sight.IDENTITY, Sight.PROGRESS, Sight.RESULTS, Sight.ALERTS, Sight.CASES})
Cube = dict[str, Counts]


def coverage(actor: Actor, round_id: UUID) -> Cube:
    """How many of each band are invited and have finished."""
    classes = screening.progress_of_classes(actor, round_id)
    grades = dict(SchoolClass.objects.filter(id__in=[one.school_class for one in classes]).values_list("id", "grade"))
    return coverage_cells((grades[one.school_class], one.invited, one.finished) for one in classes)


def sheets(actor: Actor, round_id: UUID) -> Cube:
    """How the sheets of a round were answered and what they reached."""
    found = list(screening.sheet_tallies(actor, round_id))
    bands = {
        code: levels_of_scales(code, version) for code, version in {(one.instrument, one.version) for one in found}
    }
    return sheet_cells(found, people.sexes(actor), bands)


def levels_of_scales(code: str, version: str) -> dict[str, tuple[str, ...]]:
    """The band levels of each scale that has bands, in the order of the file."""
    scales = instruments.instrument(code, version).scales
    return {scale.id: tuple(dict.fromkeys(band.level for band in scale.bands)) for scale in scales if scale.bands}


def standing(actor: Actor, term: Term, *, now: datetime) -> Cube:
    """Alerts, steps in time and work of one term; alerts only while it runs, since they are told of present pupils."""
    first, after = span(term)
    clocks = [one for one in alerts.clocks(actor, first=first, after=after) if not one.sealed]
    todos = cases.todo_clocks(actor, first=first, after=after)
    due = [(ACKNOWLEDGE, one.due_at, one.taken_at) for one in clocks]
    cube = clock_cells([*due, *((one.kind, one.due_at, one.done_at) for one in todos)], now=now)
    done = cases.span_counts(actor, first=first, after=after)
    runs = first <= now < after
    cube |= work_cells(
        {"opened": done.opened, "talks": done.talks, "referred": done.referred, "alerts": len(clocks)}
        | ({"in_care": done.in_care} if runs else {})
    )
    if runs:
        cube |= alert_cells(people.present(actor), ((one.student, one.level) for one in clocks))
    return cube


def terms_begun(now: datetime) -> list[Term]:
    """Terms that have begun, the newest first."""
    return [term for term in reversed(organisations.terms()) if span(term)[0] <= now]


def span(term: Term) -> tuple[datetime, datetime]:
    """From the first moment of a term until the next one begins, the holidays with it: work goes on in them."""
    later = [one.starts_on for one in organisations.terms() if one.starts_on > term.starts_on]
    end = min(later, default=term.ends_on + timedelta(days=62))
    return _midnight(term.starts_on), _midnight(end)


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def rounds(actor: Actor, *, now: datetime) -> list[RoundFacts]:
    """The rounds that concern the school and have begun."""
    return screening.rounds_here(actor, now=now)
