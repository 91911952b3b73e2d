"""Storing findings as alerts, in the transaction that stored what they are about.

It may be the transaction of a pupil, whose scope sees no alert: so no row is asked back and no arbiter is named;
the count of rows tells whether the alert is new. The same rule never raises twice for one sitting.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from qingyan.alerts.contracts import SheetFacts
from qingyan.alerts.models import Level
from qingyan.alerts.queries import order_packs, packs
from qingyan.alerts.rules.findings import Finding
from qingyan.alerts.rules.judging import due_at
from qingyan.alerts.rules.ordering import place_at
from qingyan.alerts.workflow import RAISED
from qingyan.archives import api as archives
from qingyan.archives.contracts import AlertContent
from qingyan.foundation.audit.api import APPEND

COLUMNS = (
    "id",
    "school_id",
    "school_class_id",
    "student_id",
    "sitting_id",
    "report",
    "instrument",
    "rule",
    "rule_pack",
    "level",
    "because",
    "state",
    "raised_at",
    "due_at",
    "place_at",
)
INSERT = (
    f"INSERT INTO alerts_alert ({', '.join(COLUMNS)}) "
    f"VALUES ({', '.join('%s::jsonb' if column == 'because' else '%s' for column in COLUMNS)}) ON CONFLICT DO NOTHING"
)
WHO_RAISES = "system"  # the platform's deed, though it happens in the transaction of a pupil


def raise_findings(
    *, cursor: Any, sheet: SheetFacts, findings: Iterable[Finding], now: datetime, request: str = ""
) -> list[UUID]:
    """Store each finding with its file entry and its audit entry; returns the ids of the alerts that are new."""
    raised = []
    for finding in findings:
        values = alert_values(sheet, finding, raised_at=now)
        cursor.execute(INSERT, values)
        if cursor.rowcount != 1:
            continue
        alert_id = values[0]
        raised.append(alert_id)
        cursor.execute(archives.ENTRY, file_entry(alert_id, sheet, finding, now))
        cursor.execute(APPEND, _trail(alert_id, sheet, finding, now, request))
    return raised


@dataclass(frozen=True, slots=True)
class Raising:
    """One finding to store together with others of the same school."""

    sheet: SheetFacts
    finding: Finding
    now: datetime
    request: str


def raise_together(*, cursor: Any, wanted: Sequence[Raising]) -> None:
    """As raise_findings, for several sheets in two round trips. The cursor is psycopg's own, not Django's."""
    connection = cursor.connection
    rows = [alert_values(one.sheet, one.finding, raised_at=one.now) for one in wanted]
    with connection.pipeline():
        told = [connection.execute(INSERT, values) for values in rows]
    new = [(one, values[0]) for one, values, said in zip(wanted, rows, told, strict=True) if said.rowcount == 1]
    with connection.pipeline():
        for one, alert_id in new:
            connection.execute(archives.ENTRY, file_entry(alert_id, one.sheet, one.finding, one.now))
    for one, alert_id in new:
        cursor.execute(APPEND, _trail(alert_id, one.sheet, one.finding, one.now, one.request))


def alert_values(sheet: SheetFacts, finding: Finding, *, raised_at: datetime) -> tuple[Any, ...]:
    """The values of one alert in the order of COLUMNS; for bulk loading too."""
    pack = packs.current()
    return (
        uuid4(),
        sheet.school_id,
        sheet.school_class_id,
        sheet.student_id,
        sheet.sitting_id,
        sheet.report,
        sheet.instrument,
        finding.rule_id,
        pack.name,
        finding.level,
        json.dumps([asdict(reason) for reason in finding.because], ensure_ascii=False),
        RAISED,
        raised_at,
        due_at(pack, finding.level, raised_at=raised_at),
        place_at(order_packs.current(), finding.level, (), raised_at=raised_at),
    )


def file_entry(alert_id: UUID, sheet: SheetFacts, finding: Finding, at: datetime) -> tuple[Any, ...]:
    """The entry of this alert in the pupil's file, for archives.ENTRY."""
    content = AlertContent(
        alert=str(alert_id),
        level=finding.level,
        instrument=sheet.instrument,
        because=tuple(reason.text for reason in finding.because),
    )
    return archives.entry_values(
        school_id=sheet.school_id,
        student_id=sheet.student_id,
        kind=str(archives.EntryKind.ALERT),
        at=at,
        title=f"预警 · {Level(finding.level).label}",
        source=alert_id,
        content=content.as_json(),
    )


def _trail(alert_id: UUID, sheet: SheetFacts, finding: Finding, now: datetime, request: str) -> tuple[Any, ...]:
    detail = json.dumps({"rule": finding.rule_id, "pack": packs.current().name, "level": finding.level})
    subject = ("alert.raise", "alert", str(alert_id))
    return (sheet.school_id, now, None, WHO_RAISES, "", *subject, sheet.student_id, "", request, detail)
