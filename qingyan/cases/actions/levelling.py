"""What a level asks of people: talks, reports, a plan, regular contact, the calendar of follow-ups."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.cases.actions.moving import refresh
from qingyan.cases.actions.todos import drop_all, ensure, ensure_at, finish
from qingyan.cases.contracts import CONTACT, FIRST_REPORT, FOLLOW_UP, GUARDIAN_TALK, PLAN, WRITTEN_REPORT
from qingyan.cases.models import Case, ToDo
from qingyan.cases.queries import packs
from qingyan.cases.queries.calendar import calendar_of
from qingyan.cases.rules.deadlines import deadline, follow_up_days
from qingyan.cases.rules.pack import CasePack, Level, Span
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record


def ask_for(*, case: Case, level: str, by: Actor, now: datetime) -> None:
    """Make what this level asks for and nobody has been asked for yet; used by a proposal and by a decision."""
    pack = packs.pack(case.pack)
    asked = pack.level(level)
    spans = {GUARDIAN_TALK: asked.guardian, FIRST_REPORT: asked.first_report, WRITTEN_REPORT: asked.written_report}
    if case.guardian_withheld:
        spans[GUARDIAN_TALK] = None
    wanted = [(kind, level, span) for kind, span in spans.items() if span and not _asked(case, pack, kind, asked)]
    ensure(case=case, wanted=wanted, by=by, now=now)


def begin_care(*, case: Case, by: Actor, now: datetime) -> None:
    """The case has a level that people set: talks, plan, regular contact and the calendar of follow-ups begin anew."""
    drop_all(case=case, by=by, now=now, kinds=[CONTACT, FOLLOW_UP])
    ask_for(case=case, level=case.level, by=by, now=now)
    level = packs.pack(case.pack).level(case.level)
    if level.plan is not None:
        ensure(case=case, wanted=[(PLAN, "", level.plan)], by=by, now=now)
    next_contact(case=case, now=now)
    plan_follow_ups(case=case, by=by, now=now)


def next_contact(*, case: Case, now: datetime) -> None:
    """The next day on which somebody must have been in touch; the caller records."""
    pack = packs.pack(case.pack)
    span: Span = pack.level(case.level or case.urgency).contact
    due_at = deadline(span, since=now, calendar=calendar_of(pack, school_id=case.school_id, now=now))
    ensure_at(case=case, kind=CONTACT, key=now.isoformat(), due_at=due_at, now=now)
    refresh(case)
    case.save(update_fields=["next_due_at"])


def tick_off(*, case: Case, todo_id: UUID, by: Actor, now: datetime) -> ToDo:
    """One to-do is done; after a regular contact the next one is planned. Raises NotVisible."""
    todo = finish(case=case, todo_id=todo_id, by=by, now=now)
    if todo.kind == CONTACT and case.level:
        next_contact(case=case, now=now)
    return todo


def plan_follow_ups(*, case: Case, by: Actor, now: datetime) -> int:
    """Two weeks, a month, three months, before exams, after holidays; gives back how many days are new."""
    pack = packs.pack(case.pack)
    calendar = calendar_of(pack, school_id=case.school_id, now=now)
    today = timezone.localdate(now)
    days = follow_up_days(pack, since=today, terms=calendar.terms)
    made = sum(
        ensure_at(case=case, kind=FOLLOW_UP, key=f"{day:%Y%m%d}-{why}", due_at=calendar.end_of(day), now=now)
        for day, why in days
    )
    refresh(case)
    case.save(update_fields=["next_due_at"])
    record(
        by=by,
        action="case.follow_ups",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"made": made},
    )
    return made


def _asked(case: Case, pack: CasePack, kind: str, level: Level) -> bool:
    """Whether the same was asked for at this level or a graver one."""
    keys = ToDo.objects.filter(case_id=case.id, kind=kind, dropped_at__isnull=True).values_list("key", flat=True)
    return any(not pack.graver(level.code, key) for key in keys if key in {one.code for one in pack.levels})
