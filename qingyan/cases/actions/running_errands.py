"""Errands: a plan's task reaches the person asked, who says done or not possible; late ones are told to both.

The person asked sees neither case nor plan, so what the answer does to the case is done in a lent scope.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qingyan.cases.actions.moving import refresh
from qingyan.cases.contracts import TASK
from qingyan.cases.models import Case, Errand, PlanTask, ToDo
from qingyan.cases.models.errand import Answer
from qingyan.cases.policy import ANSWER_ERRAND, READ_ERRANDS
from qingyan.foundation.access.actor import Actor, system_actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people

LENT = frozenset({Sight.CASES})


def give(*, task: PlanTask, due_at: datetime, by: Actor, now: datetime) -> Errand | None:
    """The task reaches its assignee, who is told that something waits. None when somebody asked themselves."""
    if task.assignee_id == by.id or by.id is None:
        return None
    errand = Errand(
        id=task.id,
        school_id=task.school_id,
        student_id=task.student_id,
        assignee_id=task.assignee_id,
        as_homeroom=_is_homeroom(task, by, now),
        given_at=now,
        given_by_id=by.id,
        due_at=due_at,
        words=task.words,
    )
    errand.save(force_insert=True)
    record_errand("errand.give", errand, by=by, now=now)
    tell_asked(errand, "task", key=f"errand:{errand.id}", by=by, now=now)
    return errand


def answer(*, errand_id: UUID, said: str, note: str, by: Actor, now: datetime) -> Errand:
    """The person asked says what became of it; whoever carries the case is told. Raises NotVisible, NotAllowed.

    Done ticks the case's to-do off. Not possible needs a note and leaves the to-do open: who carries the case decides.
    """
    errand = _held(errand_id, by)
    if said not in Answer.values or (said == Answer.NOT_POSSIBLE and not note.strip()):
        raise NotAllowed("errand: what was not possible needs a note")
    errand.answer, errand.answered_at, errand.note = said, now, note.strip() or None
    errand.save(update_fields=["answer", "answered_at", "note"])
    record_errand("errand.answer", errand, by=by, now=now, detail={"answer": said})
    with entered(system_actor(school_id=errand.school_id, sight=LENT, purpose="tell who carries the case")):
        _tell_carrier(errand, "reply", key=f"errand-answer:{errand.id}", by=by, now=now)
        if said == Answer.DONE:
            _tick_off(errand, by=by, now=now)
    return errand


def withdraw_settled(*, case: Case, by: Actor, now: datetime) -> int:
    """Errands whose to-do is done or dropped are asked for no longer; gives back how many."""
    with entered(system_actor(school_id=case.school_id, sight=LENT, purpose="withdraw errands")):
        settled = ToDo.objects.filter(case_id=case.id, kind=TASK).exclude(done_at__isnull=True, dropped_at__isnull=True)
        keys = [UUID(key) for key in settled.values_list("key", flat=True)]
        gone = unanswered().filter(id__in=keys).update(withdrawn_at=now)
    if gone:
        record(
            by=by,
            action="errand.withdraw",
            subject_kind="case",
            subject_id=case.id,
            student_id=case.student_id,
            now=now,
            detail={"count": gone},
        )
    return gone


def tell_late(*, by: Actor, now: datetime) -> int:
    """Errands past their day: the person asked and who carries the case are told once; gives back how many."""
    late = list(unanswered().filter(school_id=by.school_id, due_at__lt=now, told_late_at__isnull=True))
    for errand in late:
        tell_asked(errand, "overdue", key=f"errand-late:{errand.id}", by=by, now=now)
        _tell_carrier(errand, "overdue", key=f"errand-late:{errand.id}:carrier", by=by, now=now)
        errand.told_late_at = now
        errand.save(update_fields=["told_late_at"])
        record_errand("errand.late", errand, by=by, now=now)
    return len(late)


def look_at_errands(*, shown: int, by: Actor, now: datetime) -> None:
    """That somebody looked at what they are asked to do, with names."""
    require(by, READ_ERRANDS)
    record(by=by, action="errand.list", subject_kind="errands", subject_id="list", now=now, detail={"shown": shown})


def unanswered() -> "QuerySet[Errand]":
    """Errands that still wait for somebody."""
    return Errand.objects.filter(answered_at__isnull=True, withdrawn_at__isnull=True)


def tell_asked(errand: Errand, kind: str, *, key: str, by: Actor, now: datetime) -> None:
    """A neutral notice to the person asked; it leads to the own list."""
    (school,) = organisations.schools_by_id([errand.school_id])
    path = reverse("cases:errands", kwargs={"slug": school.slug})
    notifications.notify(to=[errand.assignee_id], kind=kind, path=path, by=by, now=now, key=key)


def record_errand(action: str, errand: Errand, *, by: Actor, now: datetime, detail: dict | None = None) -> None:
    """One line in the trail about this errand."""
    record(
        by=by,
        action=action,
        subject_kind="errand",
        subject_id=errand.id,
        student_id=errand.student_id,
        now=now,
        detail=detail,
    )


def _held(errand_id: UUID, by: Actor) -> Errand:
    rows = unanswered().select_for_update(of=("self",)).filter(permitted_rows(by, ANSWER_ERRAND), id=errand_id)
    errand = rows.first()
    if errand is None:
        raise NotVisible(ANSWER_ERRAND.code)
    return errand


def _tick_off(errand: Errand, *, by: Actor, now: datetime) -> None:
    todo = ToDo.objects.select_related("case").filter(kind=TASK, key=str(errand.id)).first()
    if todo is None or todo.done_at or todo.dropped_at:
        return
    todo.done_at, todo.done_by_id = now, by.id
    todo.save(update_fields=["done_at", "done_by"])
    refresh(todo.case)
    todo.case.save(update_fields=["next_due_at"])


def _tell_carrier(errand: Errand, kind: str, *, key: str, by: Actor, now: datetime) -> None:
    todo = ToDo.objects.select_related("case").filter(kind=TASK, key=str(errand.id)).first()
    if todo is None or todo.case.owner_id is None:
        return
    (school,) = organisations.schools_by_id([errand.school_id])
    path = reverse("cases:plans", kwargs={"slug": school.slug, "case_id": todo.case_id})
    notifications.notify(to=[todo.case.owner_id], kind=kind, path=path, by=by, now=now, key=key)


def _is_homeroom(task: PlanTask, by: Actor, now: datetime) -> bool:
    pupil = people.pupil(by, task.student_id)
    return task.assignee_id in people.class_teachers(by, pupil.school_class if pupil else None, timezone.localdate(now))
