"""Officers of district and city read the threads of their schools, say that they have seen, and answer."""

import json
from datetime import datetime
from uuid import UUID

from qingyan.cases.actions.reporting import NamesSomebody, Unfit
from qingyan.cases.models import CrisisThread, ThreadEntry
from qingyan.cases.policy import OVERSEE
from qingyan.cases.queries.pseudonym import behind
from qingyan.cases.rules.crisis import ANSWER, SAID, SEEN, named
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record
from qingyan.notifications import api as notifications


def look_at_threads(*, shown: int, by: Actor, now: datetime) -> None:
    """That the list was looked at; it names schools and cases, nobody."""
    require(by, OVERSEE)
    record(by=by, action="thread.list", subject_kind="threads", subject_id="list", now=now, detail={"shown": shown})


def look_at_thread(*, thread_id: UUID, by: Actor, now: datetime) -> CrisisThread:
    """The thread about to be shown. Raises NotVisible."""
    thread = _found(thread_id, by)
    record(by=by, action="thread.read", subject_kind="thread", subject_id=thread.id, now=now)
    return thread


def mark_seen(*, thread_id: UUID, by: Actor, now: datetime) -> CrisisThread:
    """A named officer has received the first report; said once, and told to the school. Raises NotVisible."""
    thread = _found(thread_id, by)
    if thread.seen_at is None:
        thread.seen_at, thread.seen_by_id = now, by.id
        thread.save(update_fields=["seen_at", "seen_by"])
        _append(thread, SEEN, "", by=by, now=now)
    return thread


def answer(*, thread_id: UUID, text: str, by: Actor, now: datetime) -> ThreadEntry:
    """A word to the school: advice, a question, help that comes. Raises NotVisible, Unfit, NamesSomebody."""
    thread = _found(thread_id, by)
    if not text.strip():
        raise Unfit("text")
    if named([text], [behind(thread).name]):
        raise NamesSomebody
    return _append(thread, ANSWER, text.strip(), by=by, now=now)


def _found(thread_id: UUID, by: Actor) -> CrisisThread:
    rows = CrisisThread.objects.select_for_update(of=("self",)).select_related("school", "seen_by")
    thread = rows.filter(permitted_rows(by, OVERSEE), id=thread_id).first()
    if thread is None or by.id is None:
        raise NotVisible(OVERSEE.code)
    return thread


def _append(thread: CrisisThread, kind: str, text: str, *, by: Actor, now: datetime) -> ThreadEntry:
    entry = ThreadEntry(thread=thread, school_id=thread.school_id, kind=kind, at=now, by_id=by.id)
    entry.content = json.dumps({SAID: text}, ensure_ascii=False)
    entry.save(force_insert=True)
    record(by=by, action=f"thread.{kind}", subject_kind="thread", subject_id=thread.id, now=now)
    school = behind(thread)
    notifications.notify(to=school.staff, kind="reply", path=school.path, by=by, now=now, key=f"thread:{entry.id}")
    return entry
