"""The school tells a crisis upwards: by mouth within hours, then in writing, then each day, then the last time.

Each report answers a deadline and sets the next one as a to-do, so that the case cannot end before the final
report. No word may name the pupil.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from qingyan.cases.actions.moving import refresh
from qingyan.cases.actions.todos import ensure_at, fulfil
from qingyan.cases.contracts import FIRST_REPORT, WRITTEN_REPORT
from qingyan.cases.models import Case, CrisisThread, ThreadEntry, ToDo
from qingyan.cases.policy import CARRY
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.queries.crisis_packs import crisis
from qingyan.cases.queries.pseudonym import names_somebody
from qingyan.cases.rules.crisis import FINAL, FIRST, ORAL, SAID, THREAD, TOLD_TO, missing
from qingyan.cases.rules.deadlines import deadline
from qingyan.cases.rules.pack import Span
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications
from qingyan.organisations import api as organisations
from qingyan.people import api as people


class Unfit(Exception):
    """A part is missing, or a choice is unknown; its text is a code."""


class NamesSomebody(Exception):
    """The words name the pupil; the thread is read outside the school."""


@dataclass(frozen=True)
class Oral:
    """The telephone call: when, to whom in the district, and what was said."""

    at: datetime
    told_to: str = field(repr=False)
    said: str = field(repr=False)


@dataclass(frozen=True)
class Written:
    """A written report: how the pupil is now (a choice), and the headings of the pack."""

    situation: str
    parts: Mapping[str, str] = field(repr=False)


def report_orally(*, case: Case, oral: Oral, by: Actor, now: datetime) -> CrisisThread:
    """Begin the thread with the call that was made. Raises NotVisible, NotAllowed, Unfit, NamesSomebody."""
    require(by, CARRY, case)
    if not case.crisis or by.id is None:
        raise NotAllowed("crisis_thread: only a crisis is reported upwards")
    if (
        not oral.told_to.strip()
        or not oral.said.strip()
        or oral.at > now
        or oral.at < case.opened_at.replace(second=0, microsecond=0)
    ):
        raise Unfit("oral")
    thread = _thread(case, by.id, now)
    parts = {TOLD_TO: oral.told_to.strip(), SAID: oral.said.strip()}
    _refuse_names(thread, parts)
    try:
        with transaction.atomic():
            thread.save(force_insert=True)
    except IntegrityError as refusal:
        raise NotAllowed("crisis_thread: one is open already") from refusal
    answered = _due(case, FIRST_REPORT)
    entry = ThreadEntry(thread=thread, school_id=case.school_id, kind=ORAL, at=oral.at, by_id=by.id, due_at=answered)
    entry.content = json.dumps(parts, ensure_ascii=False)
    entry.save(force_insert=True)
    fulfil(case=case, kind=FIRST_REPORT, by=by, now=now)
    _next(case, key=f"first:{thread.id.hex[:20]}", due_at=thread.due_at, now=now)
    _recorded(case, thread, entry, by=by, now=now)
    return thread


def write_report(*, case: Case, kind: str, written: Written, by: Actor, now: datetime) -> ThreadEntry:
    """Append the first written, a continued or the final report. Raises as report_orally does.

    The final one waits until people no longer call the case a crisis.
    """
    require(by, CARRY, case)
    thread = CrisisThread.objects.select_for_update().filter(case_id=case.id, ended_at__isnull=True).first()
    if thread is None or by.id is None:
        raise NotVisible(CARRY.code)
    target = THREAD.target(verb=kind, origin=thread.state, given={"report": written.parts})
    if kind == FINAL and case.crisis:
        raise NotAllowed("crisis_thread: the level is lowered by the panel before the final report")
    pack = crisis()
    if gaps := missing(pack, written.parts):
        raise Unfit(", ".join(gaps))
    if written.situation not in {one.code for one in pack.situations}:
        raise Unfit("situation")
    _refuse_names(thread, written.parts)
    entry = _entry(thread, kind, written, by=by.id, now=now)
    entry.save(force_insert=True)
    thread.state = target
    thread.ended_at = now if kind == FINAL else None
    thread.due_at = None if kind == FINAL else _deadline(case, pack.continued, now)
    if pack.approval and pack.approval.of == kind:
        thread.approval_due_at = _deadline(case, pack.approval.within, now)
    thread.save(update_fields=["state", "ended_at", "due_at", "approval_due_at"])
    fulfil(case=case, kind=WRITTEN_REPORT, by=by, now=now)
    if thread.due_at is not None:
        _next(case, key=entry.id.hex, due_at=thread.due_at, now=now)
    _recorded(case, thread, entry, by=by, now=now)
    if pack.approval and pack.approval.of == kind:
        _ask_the_leader(case, entry, by=by, now=now)
    return entry


def _entry(thread: CrisisThread, kind: str, written: Written, *, by: UUID, now: datetime) -> ThreadEntry:
    return ThreadEntry(
        thread=thread,
        school_id=thread.school_id,
        kind=kind,
        at=now,
        by_id=by,
        due_at=thread.due_at,
        situation=written.situation,
        content=json.dumps(dict(written.parts), ensure_ascii=False),
    )


def _ask_the_leader(case: Case, entry: ThreadEntry, *, by: Actor, now: datetime) -> None:
    leaders = people.holders(Role.PRINCIPAL, school_id=case.school_id, today=timezone.localdate(now))
    (school,) = organisations.schools_by_id([case.school_id])
    path = f"/s/{school.slug}/cases/{case.id}/thread/"
    others = {one for one in leaders if one != by.id}
    notifications.notify(to=others, kind="attention", path=path, by=by, now=now, key=f"approval:{entry.id}")


def _thread(case: Case, by: UUID, now: datetime) -> CrisisThread:
    level = packs.pack(case.pack).level(case.level or case.urgency)
    due = _due(case, WRITTEN_REPORT) or _deadline(case, level.written_report or crisis().written, now)
    return CrisisThread(
        school_id=case.school_id,
        case=case,
        code=case.code,
        pack=case.pack,
        level=level.code,
        opened_at=now,
        opened_by_id=by,
        due_at=due,
    )


def _due(case: Case, kind: str) -> datetime | None:
    """By when the case's clocks ask for it: from the first red talk on, whenever the thread begins."""
    found = ToDo.objects.filter(case_id=case.id, kind=kind, done_at__isnull=True, dropped_at__isnull=True)
    return found.order_by("due_at").values_list("due_at", flat=True).first()


def _deadline(case: Case, span: Span, now: datetime) -> datetime:
    calendar = calendar_of(packs.pack(case.pack), school_id=case.school_id, now=now)
    return deadline(span, since=now, calendar=calendar)


def _next(case: Case, *, key: str, due_at: datetime | None, now: datetime) -> None:
    """The next report is a to-do of the case, unless one waits already."""
    if due_at is not None and _due(case, WRITTEN_REPORT) is None:
        ensure_at(case=case, kind=WRITTEN_REPORT, key=key, due_at=due_at, now=now)
    refresh(case)
    case.save(update_fields=["next_due_at"])


def _refuse_names(thread: CrisisThread, parts: Mapping[str, str]) -> None:
    if names_somebody(thread, list(parts.values())):
        raise NamesSomebody


def _recorded(case: Case, thread: CrisisThread, entry: ThreadEntry, *, by: Actor, now: datetime) -> None:
    """The trail's line, and a neutral notice to who answers above the school."""
    record(
        by=by,
        action="case.crisis_reported",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={
            "thread": thread.id,
            "kind": str(entry.kind),
            "late": entry.due_at is not None and entry.at > entry.due_at,
        },
    )
    (school,) = organisations.schools_by_id([case.school_id])
    above = [one.account for one in people.leads_over(school.district_id, timezone.localdate(now))]
    kind = "attention" if entry.kind not in (ORAL, FIRST) else "attention_now"
    path = f"/oversight/threads/{thread.id}/"
    notifications.notify(to=above, kind=kind, path=path, by=by, now=now, key=f"thread:{entry.id}")
