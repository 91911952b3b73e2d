"""Writes what follows from results in one school: alerts by the rule pack in force, entries in the files.

The counsellor took the old alerts within a working day. Of the new ones some wait, each within its time; those of
KEPT_WAITING wait whenever the demo is loaded.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from qingyan.alerts import api as alerts
from qingyan.alerts.contracts import Finding, SheetFacts
from qingyan.alerts.models import Alert
from qingyan.alerts.workflow import ACKNOWLEDGED
from qingyan.archives import api as archives
from qingyan.archives.contracts import AlertContent
from qingyan.demo.campaigns import Kept
from qingyan.demo.cast import BURDENED
from qingyan.demo.rounds import RoundPlan
from qingyan.demo.sittings import SittingPlan
from qingyan.foundation.database.bulk import insert
from qingyan.organisations.models import SchoolClass
from qingyan.screening.rules.outcome import Outcome

# Share of alerts of the open round that were taken although there was still time; and how long it took, in minutes.
TAKEN = {"red": 0.6, "orange": 0.45, "yellow": 0.25}
FASTEST = {"red": 4, "orange": 40, "yellow": 120}
SATURDAY = 5
SLOWEST = {"red": 55, "orange": 900, "yellow": 2600}
OPENS, SHUTS = 8, 18  # the hours in which a counsellor takes what is not red
KEPT_WAITING = frozenset(pupil.id for pupil in BURDENED)  # so that the queue of the story's counsellor is not empty
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Counsellor:
    """Who takes the alerts of a school, and until when this may have happened."""

    id: UUID
    name: str
    now: datetime


def raise_and_file(
    plan: RoundPlan,
    kept: Iterable[Kept],
    classes: Mapping[tuple[int, int], SchoolClass],
    counsellor: Counsellor,
) -> int:
    """Write alerts and file entries of one school's round; returns how many alerts. The school's scope is entered."""
    rng = Random(f"alerts:{plan.number}:{counsellor.id}")  # noqa: S311 - repeatable on purpose
    raised: list[Alert] = []
    entries: list[Row] = []
    for one in kept:
        sitting = one.sitting
        sheet = _facts(sitting, classes[sitting.class_])
        if one.outcome:
            entries.append(_result_entry(sitting, one.outcome, sheet))
        for finding in findings_of(one):
            alert = _alert(finding, sitting, sheet)
            entries.append(alerts.file_entry(alert.id, sheet, finding, sitting.ended_at))
            entries += _acknowledge(alert, plan, counsellor, rng)
            raised.append(alert)
    insert(Alert, raised)
    archives.add_entries(entries)
    return len(raised)


def findings_of(one: Kept) -> list[Finding]:
    """As the service judges: scores and answers of a finished sheet, single answers of an unfinished one."""
    sitting, code, version = one.sitting, one.sitting.plan.code, one.sitting.plan.version
    if one.outcome:
        return alerts.evaluate(code, version, sitting.answers, one.outcome.scores, sitting.age)
    saved = {index: answer for index, answer in enumerate(sitting.answers) if answer is not None}
    return alerts.evaluate_saved(code, version, saved, sitting.age)


def _facts(sitting: SittingPlan, school_class: SchoolClass) -> SheetFacts:
    return SheetFacts(school_class.school_id, school_class.id, sitting.pupil.id, sitting.id, sitting.plan.code)


def _alert(finding: Finding, sitting: SittingPlan, sheet: SheetFacts) -> Alert:
    values = alerts.alert_values(sheet, finding, raised_at=sitting.ended_at)
    columns = dict(zip(alerts.COLUMNS, values, strict=True))
    columns |= {"id": uuid5(sitting.id, finding.rule_id), "because": json.loads(columns["because"])}
    return Alert(**columns)


def _acknowledge(alert: Alert, plan: RoundPlan, counsellor: Counsellor, rng: Random) -> Iterator[Row]:
    """Let the counsellor take it, or leave it waiting; gives the file entry of the deed."""
    luck, taken_at = rng.random(), _when_taken(alert, rng)
    still_waits = luck >= TAKEN[alert.level] and alert.due_at > counsellor.now
    if not plan.is_closed and (alert.student_id in KEPT_WAITING or still_waits or taken_at > counsellor.now):
        return
    alert.state, alert.acknowledged_by_id, alert.acknowledged_at = ACKNOWLEDGED, counsellor.id, taken_at
    alert.owner_id, alert.owner_since, alert.step = counsellor.id, taken_at, 0
    yield archives.entry_values(
        school_id=alert.school_id,
        student_id=alert.student_id,
        kind=str(archives.EntryKind.ACKNOWLEDGEMENT),
        at=alert.acknowledged_at,
        title=f"{counsellor.name} 确认预警",
        source=alert.id,
        content=AlertContent(alert=str(alert.id), level=alert.level, instrument=alert.instrument).as_json(),
    )


def _when_taken(alert: Alert, rng: Random) -> datetime:
    """Soon after it was raised; but for red ones on a school day, in working hours."""
    at = alert.raised_at + timedelta(minutes=rng.randint(FASTEST[alert.level], SLOWEST[alert.level]))
    if alert.level == "red":
        return at
    morning = at.replace(hour=OPENS)
    if at.hour >= SHUTS:
        at = morning + timedelta(days=1)
    elif at.hour < OPENS:
        at = morning
    return at if at.weekday() < SATURDAY else at.replace(hour=OPENS) + timedelta(days=7 - at.weekday())


def _result_entry(sitting: SittingPlan, outcome: Outcome, sheet: SheetFacts) -> Row:
    return archives.entry_values(
        school_id=sheet.school_id,
        student_id=sheet.student_id,
        kind=str(archives.EntryKind.RESULT),
        at=sitting.ended_at,
        title=sitting.plan.instrument.title.zh,
        source=sitting.id,
        content=outcome.entry,
    )
