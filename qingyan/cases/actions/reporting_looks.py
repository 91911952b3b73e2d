"""Looking at a crisis from the school's side: permitted, recorded, and only then shown."""

from datetime import datetime
from uuid import UUID

from qingyan.cases.models import Case
from qingyan.cases.policy import READ_THREAD
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows
from qingyan.foundation.audit.api import record


def open_thread(*, case_id: UUID, by: Actor, now: datetime) -> Case:
    """The case whose reports to district and city are about to be shown at the school. Raises NotVisible."""
    case = Case.objects.filter(permitted_rows(by, READ_THREAD), id=case_id).first()
    if case is None:
        raise NotVisible(READ_THREAD.code)
    record(
        by=by,
        action="case.thread_read",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
    )
    return case
