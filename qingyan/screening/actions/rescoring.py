"""Score the stored sheets of a school again and correct what a corrected rule or instrument gives otherwise.

Whole columns are compared (instruments' score_many); only a sheet that differs is scored one by one, with its reasons.
What stood there is kept by a trigger, the file gets a second entry, the trail one a sheet, and the alert rules hear of
the new scores. A second run finds nothing to do, so an interrupted one is simply started again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import connection

from qingyan.archives import api as archives
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import APPEND, GatheringCursor
from qingyan.foundation.events.api import announce_all
from qingyan.instruments import api as instruments
from qingyan.screening.events import AnswerSheetScored
from qingyan.screening.policy import RESCORE
from qingyan.screening.queries.stored_scores import Page, differing, pages
from qingyan.screening.rules.outcome import Outcome, Sheet, outcome

SHEETS = """
SELECT s.id, s.campaign_id, s.student_id, s.school_id, s.school_class_id, s.instrument, s.version, a.age, a.answers,
  a.times, r.rule_version
FROM screening_sitting s
JOIN screening_answersheet a ON a.sitting_id = s.id JOIN screening_result r ON r.sitting_id = s.id
WHERE s.id = ANY (%s)
"""
CORRECT = """
UPDATE screening_result r SET "values" = n."values", bands = n.bands, not_scorable = n.not_scorable, screen = n.screen,
  instrument_hash = n.instrument_hash, rule_version = n.rule_version, norm_version = n.norm_version,
  scored_at = n.scored_at
FROM json_to_recordset(%s::json) AS n(sitting_id uuid, "values" jsonb, bands jsonb, not_scorable jsonb, screen jsonb,
  instrument_hash text, rule_version text, norm_version text, scored_at timestamptz)
WHERE r.sitting_id = n.sitting_id
"""
CORRECTED = ("sitting_id", "values", "bands", "not_scorable", "screen", "instrument_hash", "rule_version",
             "norm_version", "scored_at")  # fmt: skip


@dataclass(frozen=True)
class Which:
    """Which results: of one campaign, of one instrument, or (both None) all."""

    campaign: UUID | None = None
    instrument: str | None = None


@dataclass(frozen=True)
class Rescored:
    """A page of results: how many were looked at, and how many said something else."""

    seen: int
    changed: int


def rescore_school(*, which: Which, write: bool, by: Actor, now: datetime) -> Iterator[Rescored]:
    """Go through the results of the actor's school, page by page. A transaction and the scope must be open.

    Without `write` differences are counted and nothing is changed. Raises NotVisible.
    """
    require(by, RESCORE)
    psycopg = connection.connection
    for page in pages(psycopg, campaign=which.campaign, instrument=which.instrument):
        changed = _differing(page)
        if changed and write:
            _correct(psycopg, changed, by=by, now=now)
        yield Rescored(len(page), len(changed))


def _differing(page: Page) -> list[UUID]:
    return [
        sitting
        for code, version in page.instruments()
        for sitting in differing(page.of(code, version), instruments.plan(code, version))
    ]


def _correct(psycopg: Any, sittings: Sequence[UUID], *, by: Actor, now: datetime) -> None:
    cursor = psycopg.cursor()
    rows = cursor.execute(SHEETS, (list(sittings),)).fetchall()
    sheets = [Sheet(*columns) for *columns, _ in rows]
    done = [outcome(sheet, instruments.plan(sheet.instrument, sheet.version), at=now) for sheet in sheets]
    corrected = [{name: one.result[name] for name in CORRECTED} for one in done]
    cursor.execute(CORRECT, (_json(corrected),))
    cursor.execute(archives.ENTRIES, (_json([_entry(*one, now) for one in zip(sheets, done, strict=True)]),))
    trail = GatheringCursor(cursor, before=lambda: None)
    facts = [_fact(sheet, one, by, now) for sheet, one in zip(sheets, done, strict=True)]
    announce_all(facts, trail)
    for sheet, one, (*_, before) in zip(sheets, done, rows, strict=True):
        detail = {"rule_before": before, "rule_now": one.scores.rule_version}
        subject = ("result.rescored", "sitting", str(sheet.sitting), sheet.student)
        trail.execute(
            APPEND, (sheet.school, now, by.id, str(by.kind), "", *subject, by.purpose, by.request_id, _json(detail))
        )
    trail.append(cursor, sheets[0].school)


def _entry(sheet: Sheet, done: Outcome, now: datetime) -> dict[str, Any]:
    title = instruments.plan(sheet.instrument, sheet.version).instrument.title.zh
    return {
        "school_id": sheet.school,
        "student_id": sheet.student,
        "kind": str(archives.EntryKind.RESULT),
        "at": now,
        "title": f"{title}（更正）",
        "source": uuid5(sheet.sitting, f"{done.scores.digest}/{done.scores.rule_version}"),
        "content": done.entry,
    }


def _fact(sheet: Sheet, done: Outcome, by: Actor, now: datetime) -> AnswerSheetScored:
    return AnswerSheetScored(
        sitting=sheet.sitting,
        campaign=sheet.campaign,
        student=sheet.student,
        school=sheet.school,
        school_class=sheet.school_class,
        instrument=sheet.instrument,
        version=sheet.version,
        answers=tuple(sheet.answers),
        scores=done.scores,
        age=sheet.age,
        at=now,
        request=by.request_id,
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
