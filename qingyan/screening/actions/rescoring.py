"""Score the stored sheets of a school again and correct what a corrected rule or instrument gives otherwise.

Whole columns are compared (instruments' score_many); only a sheet that differs is scored one by one, with its reasons.
What stood there is kept by a trigger, the file gets a second entry and the alert rules hear of the new scores.
The trail gets one entry for each portion, and one for each pupil for whom the outcome changed (ADR 0018). A second run
finds nothing to do, so an interrupted one is simply started again.
"""

from collections import Counter
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
from qingyan.instruments.contracts import Scores
from qingyan.screening.actions.writing import CUTOFF
from qingyan.screening.events import AnswerSheetScored
from qingyan.screening.policy import RESCORE
from qingyan.screening.queries.presented import marks_in
from qingyan.screening.queries.stored_scores import differing, pages
from qingyan.screening.rules.outcome import Sheet, file_content, norms, result_columns

PORTION = 2000  # results corrected by one statement of each kind
SHEETS = f"""
SELECT s.id, s.campaign_id, s.student_id, s.school_id, s.school_class_id, s.instrument, s.version, a.age,
  to_json(a.answers)::text, {CUTOFF}, r.rule_version, r.bands::text, r.screen->>'outcome', r.quality::text
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
_answers = msgspec.json.Decoder(list[int | None]).decode
_bands = msgspec.json.Decoder(dict[str, str]).decode


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
    for page in pages(psycopg, instruments.plan, campaign=which.campaign, instrument=which.instrument):
        changed = differing(page, instruments.plan(page.code, page.version))
        for at in range(0, len(changed) if write else 0, PORTION):
            _correct(psycopg, changed[at : at + PORTION], by=by, now=now)
        yield Rescored(len(page), len(changed))


@dataclass(frozen=True)
class _Before:
    """What stood in the result. `quality` is JSON text; scoring again does not touch it."""

    rule: str
    bands: str
    outcome: str | None
    quality: str


def _correct(psycopg: Any, sittings: Sequence[UUID], *, by: Actor, now: datetime) -> None:
    cursor = psycopg.cursor()
    rows = cursor.execute(SHEETS, (list(sittings),)).fetchall()
    sheets = [Sheet(*(*columns[:8], _answers(columns[8]), [], columns[9])) for columns in rows]
    before = [_Before(*columns[10:]) for columns in rows]
    done = [_scored(sheet) for sheet in sheets]
    cursor.execute(CORRECT, (_json([_result(*one, now) for one in zip(sheets, done, strict=True)]),))
    entries = [_entry(*one, now) for one in zip(sheets, done, before, strict=True)]
    cursor.execute(archives.ENTRIES, (_json(entries),))
    trail = GatheringCursor(cursor, before=lambda: None)
    announce_all([_fact(sheet, one, by, now) for sheet, one in zip(sheets, done, strict=True)], trail)
    for values in _trail(sheets, done, before, by=by, now=now):
        trail.execute(APPEND, values)
    trail.append(cursor, sheets[0].school)


def _scored(sheet: Sheet) -> Scores:
    return instruments.plan(sheet.instrument, sheet.version).score(
        sheet.answers, age=sheet.age, rule=sheet.rule or None
    )


def _result(sheet: Sheet, scores: Scores, now: datetime) -> dict[str, Any]:
    plan = instruments.plan(sheet.instrument, sheet.version)
    row = result_columns(scores)
    return row | {
        "sitting_id": sheet.sitting,
        "norm_version": norms(plan),
        "scored_at": now,
    }


def _entry(sheet: Sheet, scores: Scores, before: _Before, now: datetime) -> dict[str, Any]:
    title = instruments.plan(sheet.instrument, sheet.version).instrument.title.zh
    return {
        "school_id": sheet.school,
        "student_id": sheet.student,
        "kind": str(archives.EntryKind.RESULT),
        "at": now,
        "title": f"{title}（更正）",
        "source": uuid5(sheet.sitting, f"{scores.digest}/{scores.rule_version}"),
        "content": file_content(sheet, scores, msgspec.Raw(before.quality.encode())),
    }


def _trail(
    sheets: Sequence[Sheet], done: Sequence[Scores], before: Sequence[_Before], *, by: Actor, now: datetime
) -> Iterator[tuple[Any, ...]]:
    """The values of APPEND: one for the portion, with counts, and one for each pupil whose outcome is another now."""
    first, author = sheets[0], (now, by.id, str(by.kind), "")
    rules = Counter(f"{one.rule}>{scores.rule_version}" for one, scores in zip(before, done, strict=True))
    detail = {"instrument": first.instrument, "version": first.version, "results": len(sheets), "rules": dict(rules)}
    subject = ("results.rescored", "instrument", first.instrument, None)
    yield (first.school, *author, *subject, by.purpose, by.request_id, _json(detail))
    for sheet, scores, one in zip(sheets, done, before, strict=True):
        if _bands(one.bands) != scores.bands or one.outcome != _word(scores.screen):
            pupil = ("result.rescored", "sitting", str(sheet.sitting), sheet.student)
            rule = {"rule_before": one.rule, "rule_now": scores.rule_version}
            yield (first.school, *author, *pupil, by.purpose, by.request_id, _json(rule))


def _word(outcome: bool | None) -> str | None:
    return None if outcome is None else str(outcome).lower()


def _fact(sheet: Sheet, scores: Scores, by: Actor, now: datetime) -> AnswerSheetScored:
    return AnswerSheetScored(
        sitting=sheet.sitting,
        campaign=sheet.campaign,
        student=sheet.student,
        school=sheet.school,
        school_class=sheet.school_class,
        instrument=sheet.instrument,
        version=sheet.version,
        answers=tuple(sheet.answers),
        scores=scores,
        age=sheet.age,
        at=now,
        request=by.request_id,
        marks=marks_in(sheet.campaign, sheet.instrument, sheet.version),
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
