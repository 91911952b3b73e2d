"""Threads of crises as pages show them: to the school with its case, to district and city without a name."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from qingyan.cases.models import Case, CrisisThread, ThreadEntry
from qingyan.cases.policy import APPROVE_REPORT, CARRY, OVERSEE
from qingyan.cases.queries import packs
from qingyan.cases.queries.crisis_packs import crisis
from qingyan.cases.queries.words import Due, due_words
from qingyan.cases.rules.crisis import FINAL, FIRST, SAID, THREAD, TOLD_TO
from qingyan.cases.rules.pack import Level
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, permitted_rows, require
from qingyan.foundation.pure.workflow import Step

TITLES = {TOLD_TO: gettext_noop("告诉了谁"), SAID: gettext_noop("说了什么")}
TONES = {"seen": "qing", "answer": "blue", "final": "green", "approved": "green", "objected": "amber"}
ENTRIES_SHOWN = 200


@dataclass(frozen=True)
class Said:
    """One entry in words."""

    entry: ThreadEntry
    title: str
    tone: str
    late: bool
    situation: str
    parts: list[tuple[str, str]]


@dataclass(frozen=True)
class ThreadLine:
    """One thread in the officers' list: a school, a code, a level, what is due."""

    thread: CrisisThread
    level: Level
    due: Due | None
    reports: int


def thread_of(case: Case) -> CrisisThread | None:
    """The newest thread of the case."""
    rows = CrisisThread.objects.filter(case_id=case.id).select_related("school", "seen_by")
    return rows.order_by("-opened_at").first()


def said_in(thread: CrisisThread) -> list[Said]:
    """Everything in the thread, the newest first."""
    rows = ThreadEntry.objects.filter(thread_id=thread.id).select_related("by").order_by("-at", "-id")
    return [_said(row) for row in rows[:ENTRIES_SHOWN]]


def first_written(thread: CrisisThread) -> ThreadEntry:
    """The first written report of the thread."""
    return ThreadEntry.objects.filter(thread_id=thread.id, kind=FIRST).earliest("at")


def may_answer(actor: Actor, case: Case, thread: CrisisThread) -> bool:
    """Whether this leader may give a word on the first written report now."""
    waits = thread.approval_due_at is not None and allowed(actor, APPROVE_REPORT, case)
    return waits and first_written(thread).by_id != actor.id


def next_steps(thread: CrisisThread, case: Case) -> list[Step]:
    """The reports that may be written now; the final one only when the case is no crisis any more."""
    steps = THREAD.steps_from(thread.state)
    return [step for step in steps if step.verb != FINAL or not case.crisis]


def level_of(thread: CrisisThread) -> Level:
    """The level that held when the thread began."""
    return packs.pack(thread.pack).level(thread.level)


def threads_for(actor: Actor, *, open_only: bool) -> "QuerySet[CrisisThread]":
    """The threads of the actor's schools, what is due first; ended ones by their end."""
    require(actor, OVERSEE)
    rows = CrisisThread.objects.filter(permitted_rows(actor, OVERSEE), ended_at__isnull=open_only)
    return rows.select_related("school__district").order_by(F("due_at").asc(nulls_last=True), "-ended_at", "id")


def thread_lines(threads: list[CrisisThread], now: datetime) -> list[ThreadLine]:
    """With level, time left and the number of entries. One query."""
    rows = ThreadEntry.objects.filter(thread_id__in=[one.id for one in threads])
    count = dict(rows.values_list("thread_id").annotate(n=Count("id")))
    return [ThreadLine(one, level_of(one), due_words(one.due_at, now), count.get(one.id, 0)) for one in threads]


def asking_count(actor: Actor, now: datetime) -> int:
    """How many open threads nobody above the school has seen, or whose report is overdue; 0 for those who see none."""
    if not allowed(actor, OVERSEE):
        return 0
    rows = CrisisThread.objects.filter(permitted_rows(actor, OVERSEE), ended_at__isnull=True)
    return rows.filter(Q(seen_at__isnull=True) | Q(due_at__lt=now)).count()


def _said(row: ThreadEntry) -> Said:
    pack = crisis()
    titles = {one.code: one.text for one in pack.headings} | TITLES
    parts = json.loads(row.content or "{}")
    situations = {one.code: one.text for one in pack.situations}
    return Said(
        entry=row,
        title=str(row.get_kind_display()),
        tone=TONES.get(row.kind, "neutral"),
        late=row.due_at is not None and row.at > row.due_at,
        situation=_(situations[row.situation]) if row.situation else "",
        parts=[(_(titles[code]), text) for code, text in parts.items() if text],
    )


@dataclass(frozen=True)
class ThreadPage:
    """One thread, ready to show; `steps` are the reports that this person may write now.

    `approval`: by when the leader's word on the first report is asked for; `may_answer`: whether it is this person's.
    """

    thread: CrisisThread | None
    level: Level | None
    due: Due | None
    state: str
    said: list[Said]
    steps: list[Step]
    may_begin: bool
    signed: str
    approval: Due | None = None
    may_answer: bool = False


def thread_page(actor: Actor, case: Case, now: datetime) -> ThreadPage:
    """The newest thread of the case, for the school; opening it has been recorded."""
    thread, carries = thread_of(case), allowed(actor, CARRY, case)
    begin = carries and case.crisis and (thread is None or thread.ended_at is not None)
    if thread is None:
        return ThreadPage(None, None, None, "", [], [], begin, crisis().signed_by or "")
    made = _page(thread, now, steps=next_steps(thread, case) if carries else [], may_begin=begin)
    return replace(made, may_answer=may_answer(actor, case, thread))


def overseen_page(actor: Actor, thread: CrisisThread, now: datetime) -> ThreadPage:
    """The thread for an officer; opening it has been recorded."""
    require(actor, OVERSEE, thread)
    return _page(thread, now, steps=[], may_begin=False)


def _page(thread: CrisisThread, now: datetime, *, steps: list[Step], may_begin: bool) -> ThreadPage:
    return ThreadPage(
        thread=thread,
        level=level_of(thread),
        due=due_words(thread.due_at, now),
        state=_(THREAD.state(thread.state).title),
        said=said_in(thread),
        steps=steps,
        may_begin=may_begin,
        signed=crisis().signed_by or "",
        approval=due_words(thread.approval_due_at, now),
    )
