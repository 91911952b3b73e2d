"""Looking at an alert or at raw answers: permitted, recorded, and only then shown."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_noop

from qingyan.alerts.models import Alert
from qingyan.alerts.policy import READ_ALERTS, READ_ANSWERS
from qingyan.alerts.queries.answers import RawSheet, raw_sheet
from qingyan.alerts.workflow import SEALED
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record

PEOPLE = ("acknowledged_by", "owner", "closed_by", "second_reader")
# Purposes under which raw answers may be opened; the code is kept in the trail.
PURPOSES = {
    "risk": gettext_noop("核实预警，准备当面了解"),
    "interview": gettext_noop("准备访谈或辅导"),
    "quality": gettext_noop("核对作答质量或录入"),
    "referral": gettext_noop("经同意转介，整理材料"),
    "request": gettext_noop("学生或监护人依法查询"),
}


def open_alert(*, alert_id: UUID, by: Actor, now: datetime) -> Alert:
    """The alert with its pupil and class; the look is recorded in this transaction. Raises NotVisible."""
    people_on_it = ("acknowledged_by", "owner", "closed_by", "second_reader")
    rows = Alert.objects.select_related("student", "school_class", *people_on_it)
    seen = rows.filter(permitted_rows(by, READ_ALERTS), id=alert_id, sealed_with_case_at__isnull=True)
    alert = seen.exclude(state=SEALED).first()
    if alert is None:
        raise NotVisible(READ_ALERTS.code)
    record(by=by, action="alert.read", subject_kind="alert", subject_id=alert.id, student_id=alert.student_id, now=now)
    return alert


def open_answers(*, sitting_id: UUID, purpose: str, by: Actor, now: datetime) -> RawSheet:
    """The raw answers of one sitting, once, for a purpose of PURPOSES. Raises NotVisible, KeyError."""
    require(by, READ_ANSWERS)
    sheet = raw_sheet(by, sitting_id)
    record(
        by=by,
        action="answers.read",
        subject_kind="sitting",
        subject_id=sitting_id,
        student_id=sheet.student_id,
        purpose=PURPOSES[purpose],
        now=now,
    )
    return sheet


def look_at_queue(*, shown: int, by: Actor, now: datetime, page: str = "alerts") -> None:
    """That a page with lines of the queue was looked at, and how many it showed (names are masked there)."""
    require(by, READ_ALERTS)
    record(by=by, action="alert.queue", subject_kind="queue", subject_id=page, now=now, detail={"shown": shown})
