"""Traces of cases for the domain that orders alerts: times and findings without a word, of the entered school.

Who may see them is decided there and by the scope (gate "cases").
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from qingyan.cases.contracts import FOLLOW_UP, CaseTrace
from qingyan.cases.models import Case, CaseSource, CaseStep, Interview, ToDo
from qingyan.cases.queries import packs
from qingyan.cases.workflow import SEALED
from qingyan.foundation.access.actor import Actor

FINDING, AWAY = ("decide", "watch", "seal"), ("take_leave", "come_back")


def traces(actor: Actor) -> list[CaseTrace]:
    """Every case of the actor's school, the oldest first. Five queries, whatever their number."""
    here = {"school_id": actor.school_id}
    steps = _by_case(CaseStep.objects.filter(**here, verb__in=(*FINDING, *AWAY)).order_by("at"), "verb", "level", "at")
    talks = _by_case(Interview.objects.filter(**here, number=1).order_by("version"), "proposed_level", "recorded_at")
    sources = _by_case(CaseSource.objects.filter(**here, source__isnull=False), "source")
    todos = _by_case(ToDo.objects.filter(**here, kind=FOLLOW_UP, dropped_at__isnull=True), "due_at", "done_at")
    return [
        _trace(case, steps[case.id], talks[case.id], sources[case.id], todos[case.id])
        for case in Case.objects.filter(**here).order_by("opened_at", "id")
    ]


def _by_case(rows: Any, *fields: str) -> dict[UUID, list[tuple[Any, ...]]]:
    found: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for case, *values in rows.values_list("case_id", *fields):
        found[case].append(tuple(values))
    return found


def _trace(case: Case, steps: list, talks: list, sources: list, todos: list) -> CaseTrace:
    found, at = _finding(case, [one for one in steps if one[0] in FINDING], talks)
    return CaseTrace(
        id=case.id,
        student=case.student_id,
        opened_at=case.opened_at,
        sources=frozenset(source for (source,) in sources),
        found=found,
        found_at=at,
        sealed=case.state == SEALED,
        away=tuple(at for verb, _level, at in steps if verb in AWAY),
        follow_ups=tuple(todos),
    )


def _finding(case: Case, steps: Iterable[tuple], talks: list) -> tuple[bool | None, datetime | None]:
    """The first word of a panel, or before there is one the first talk's proposal in its newest version."""
    for verb, level, at in steps:
        return verb == "decide" and _needs_care(case, level), at
    if talks:
        level, at = talks[-1]
        return _needs_care(case, level), at
    return None, None


def _needs_care(case: Case, level: str) -> bool:
    return not packs.pack(case.pack).level(level).may_watch
