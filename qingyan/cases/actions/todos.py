"""To-dos of a case: made when a level calls for them, done by somebody, dropped when no longer asked for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from qingyan.cases.actions.moving import refresh
from qingyan.cases.actions.running_errands import withdraw_settled
from qingyan.cases.actions.trail import record_on
from qingyan.cases.models import Case, ToDo
from qingyan.cases.policy import CARRY
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.rules.deadlines import deadline
from qingyan.cases.rules.pack import Span
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require


def ensure(*, case: Case, wanted: Iterable[tuple[str, str, Span]], by: Actor, now: datetime) -> int:
    """Make the todos (kind, key, span) that the case has not had yet; gives back how many are new."""
    calendar = calendar_of(packs.pack(case.pack), school_id=case.school_id, now=now)
    made = 0
    for kind, key, span in wanted:
        made += ensure_at(case=case, kind=kind, key=key, due_at=deadline(span, since=now, calendar=calendar), now=now)
    refresh(case)
    case.save(update_fields=["next_due_at"])
    if made:
        record_on(case, "case.todos", {"made": made}, by=by, now=now)
    return made


def ensure_at(*, case: Case, kind: str, key: str, due_at: datetime, now: datetime) -> bool:
    """One to-do with its own moment; one that was dropped is asked for again. The caller records and refreshes."""
    todo, made = ToDo.objects.get_or_create(
        case=case,
        kind=kind,
        key=key,
        defaults={"school_id": case.school_id, "student_id": case.student_id, "due_at": due_at, "made_at": now},
    )
    if todo.dropped_at is not None:
        todo.dropped_at, todo.due_at, made = None, due_at, True
        todo.save(update_fields=["dropped_at", "due_at"])
    return made


def fulfil(*, case: Case, kind: str, by: Actor, now: datetime, key: str | None = None) -> int:
    """The open todos of this kind (and key) are done by this paper or talk; gives back how many."""
    require(by, CARRY, case)
    rows = _open(case).filter(kind=kind)
    if key is not None:
        rows = rows.filter(key=key)
    done = rows.update(done_at=now, done_by_id=by.id)
    if done:
        refresh(case)
        case.save(update_fields=["next_due_at"])
        withdraw_settled(case=case, by=by, now=now)
        record_on(case, "case.todo_done", {"kind": kind, "count": done}, by=by, now=now)
    return done


def finish(*, case: Case, todo_id: UUID, by: Actor, now: datetime) -> ToDo:
    """Tick one todo off. Raises NotVisible when the case has no such open todo."""
    require(by, CARRY, case)
    todo = _open(case).filter(id=todo_id).first()
    if todo is None:
        raise NotVisible(CARRY.code)
    fulfil(case=case, kind=todo.kind, key=todo.key, by=by, now=now)
    return todo


def drop_all(*, case: Case, by: Actor, now: datetime, kinds: Iterable[str] | None = None) -> int:
    """What is open is no longer asked for (of these kinds, or all). A todo to report is never dropped by its kind."""
    rows = _open(case)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    dropped = rows.update(dropped_at=now)
    if dropped:
        refresh(case)
        case.save(update_fields=["next_due_at"])
        withdraw_settled(case=case, by=by, now=now)
        record_on(case, "case.todos_dropped", {"count": dropped}, by=by, now=now)
    return dropped


def _open(case: Case):
    return ToDo.objects.filter(case_id=case.id, done_at__isnull=True, dropped_at__isnull=True)
