"""The line in the trail for something that was done to a case."""

from datetime import datetime

from qingyan.cases.models import Case
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record


def record_on(case: Case, action: str, detail: dict, *, by: Actor, now: datetime) -> None:
    """Keep what was done, by whom; `detail` holds codes and counts, no words of a person."""
    record(
        by=by,
        action=action,
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail=detail,
    )
