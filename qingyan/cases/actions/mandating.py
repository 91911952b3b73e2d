"""The mandatory report is made by people, at once; here stands that it was made. The guardian is told nothing by us."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from qingyan.cases.actions.interviewing import withhold_guardian
from qingyan.cases.actions.todos import fulfil
from qingyan.cases.contracts import MANDATORY_REPORT
from qingyan.cases.models import Case, MandatoryRecord, MandatoryResult
from qingyan.cases.policy import CARRY, READ_MANDATORY
from qingyan.cases.queries import packs
from qingyan.cases.queries.circles import circle, eligible
from qingyan.cases.rules.circle import fits
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import NotVisible, permitted_rows, require
from qingyan.foundation.audit.api import record


class Unfit(Exception):
    """No situation, no authority, a time in the future, or somebody who may not be in the circle; a code."""


@dataclass(frozen=True)
class Report:
    """What was reported to whom; `readers`: who may see it beside the writer."""

    situations: Collection[str]
    facts: str = field(repr=False)
    authority: str = field(repr=False)
    at: datetime
    receipt: str = field(repr=False)
    guardian_suspected: bool
    readers: Collection[UUID]


def record_mandatory(*, case: Case, report: Report, by: Actor, now: datetime) -> MandatoryRecord:
    """Append the report; its to-do is done. A suspected guardian is withheld from here on. Raises NotVisible, Unfit."""
    require(by, CARRY, case)
    if by.id is None:
        raise NotVisible(CARRY.code)
    known = {one.code for one in packs.law().situations}
    if not report.situations or not set(report.situations) <= known:
        raise Unfit("situations")
    if not report.facts.strip() or not report.authority.strip() or report.at > now:
        raise Unfit("report")
    if not fits(circle(), report.readers, eligible(by, now)):
        raise Unfit("readers")
    content = {
        "situations": sorted(report.situations),
        "facts": report.facts.strip(),
        "authority": report.authority.strip(),
        "receipt": report.receipt.strip(),
    }
    row = MandatoryRecord(
        case=case,
        school_id=case.school_id,
        student_id=case.student_id,
        reported_at=report.at,
        recorded_at=now,
        by_id=by.id,
        law=packs.LAW,
        guardian_suspected=report.guardian_suspected,
        readers=sorted({by.id, *report.readers}, key=str),
        content=json.dumps(content, ensure_ascii=False),
    )
    row.save(force_insert=True)
    fulfil(case=case, kind=MANDATORY_REPORT, by=by, now=now)
    if report.guardian_suspected and not case.guardian_withheld:
        withhold_guardian(case=case, by=by, now=now)
    _recorded("mandatory.recorded", row, by=by, now=now)
    return row


def add_result(*, record_id: UUID, text: str, by: Actor, now: datetime) -> MandatoryResult:
    """Append what came of it; anybody of the circle may. Raises NotVisible, Unfit."""
    require(by, READ_MANDATORY)
    row = MandatoryRecord.objects.filter(id=record_id, school_id=by.school_id, readers__contains=[by.id]).first()
    if row is None or by.id is None:
        raise NotVisible(READ_MANDATORY.code)
    if not text.strip():
        raise Unfit("text")
    result = MandatoryResult(
        record=row,
        school_id=row.school_id,
        student_id=row.student_id,
        at=now,
        by_id=by.id,
        readers=row.readers,
        text=text.strip(),
    )
    result.save(force_insert=True)
    _recorded("mandatory.result", row, by=by, now=now)
    return result


def open_mandatory(*, case_id: UUID, by: Actor, now: datetime) -> Case:
    """The case whose mandatory reports are about to be shown, to its owner or a circle. Raises NotVisible."""
    case = Case.objects.filter(permitted_rows(by, READ_MANDATORY), id=case_id).first()
    if case is None:
        raise NotVisible(READ_MANDATORY.code)
    mine = MandatoryRecord.objects.filter(case_id=case.id, readers__contains=[by.id]).count()
    if not mine and case.owner_id != by.id:
        raise NotVisible(READ_MANDATORY.code)
    record(
        by=by,
        action="mandatory.read",
        subject_kind="case",
        subject_id=case.id,
        student_id=case.student_id,
        now=now,
        detail={"shown": mine},
    )
    return case


def _recorded(action: str, row: MandatoryRecord, *, by: Actor, now: datetime) -> None:
    record(
        by=by,
        action=action,
        subject_kind="mandatory",
        subject_id=row.id,
        student_id=row.student_id,
        now=now,
    )
