"""The school's leader gives a word on the first written report; district and city read it beside the report.

The report has gone up already: a crisis does not wait for a signature. An objection asks the owner to set it right
with the next report.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from qingyan.cases.actions.reporting import NamesSomebody
from qingyan.cases.models import Case, CrisisThread, ThreadEntry
from qingyan.cases.policy import APPROVE_REPORT
from qingyan.cases.queries.pseudonym import behind, names_somebody
from qingyan.cases.queries.threads import first_written
from qingyan.cases.rules.crisis import APPROVED, OBJECTED, SAID
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, require
from qingyan.foundation.audit.api import record
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.notifications import api as notifications


class NoWords(Exception):
    """An objection says what is to be set right."""


@dataclass(frozen=True)
class LeadersWord:
    """Whether the leader confirms the report; what they say about it names nobody."""

    agrees: bool
    said: str = field(default="", repr=False)


def answer_first_report(*, case: Case, word: LeadersWord, by: Actor, now: datetime) -> ThreadEntry:
    """Append the leader's word. Raises NotVisible, NotAllowed (no word is asked for), NoWords, NamesSomebody."""
    require(by, APPROVE_REPORT, case)
    thread = CrisisThread.objects.select_for_update().filter(case_id=case.id, approval_due_at__isnull=False).first()
    if thread is None or by.id is None:
        raise NotAllowed("crisis_thread: no report waits for the leader's word")
    if first_written(thread).by_id == by.id:
        raise NotVisible(APPROVE_REPORT.code)
    said = word.said.strip()
    if not word.agrees and not said:
        raise NoWords
    if said and names_somebody(thread, [said]):
        raise NamesSomebody
    entry = ThreadEntry(
        thread=thread,
        school_id=case.school_id,
        kind=APPROVED if word.agrees else OBJECTED,
        at=now,
        by_id=by.id,
        due_at=thread.approval_due_at,
        content=json.dumps({SAID: said} if said else {}, ensure_ascii=False),
    )
    entry.save(force_insert=True)
    thread.approval_due_at = None
    thread.save(update_fields=["approval_due_at"])
    record(
        by=by,
        action="case.report_answered",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"thread": thread.id, "agrees": word.agrees},
    )
    school = behind(thread)
    told = {school.owner} - {by.id} if school.owner else set()
    notifications.notify(to=told, kind="attention", path=school.path, by=by, now=now, key=f"approval:{entry.id}")
    return entry
