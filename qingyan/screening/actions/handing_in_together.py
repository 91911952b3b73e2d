"""Hand in sheets of several pupils of one school: one statement reads and locks, one stores, one tells the trail.

The rules are those of handing_in.py. Only what is plain is done here: a living session, an open round, what the page
shows agrees, not handed in yet. Everything else is left out, and its request finds out alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from qingyan.archives import api as archives
from qingyan.foundation.audit.api import APPEND, GatheringCursor
from qingyan.foundation.events.api import announce_all
from qingyan.instruments.contracts import InvalidAnswers
from qingyan.people.api import session_lives
from qingyan.screening.actions.handing_in import RESULT_COLUMNS, agrees, fact_of, sheet_of, trail_of
from qingyan.screening.actions.writing import FACT_COLUMNS, TAKES, SheetFacts, Writer
from qingyan.screening.contracts import HandIn
from qingyan.screening.rules.outcome import JSON_COLUMNS, Outcome, outcome
from qingyan.screening.rules.sheets import GRACE, fingerprint, shown

READ_MANY = f"""
SELECT a.answers, a.times,
  {FACT_COLUMNS}
FROM json_to_recordset(%(rows)s::json) AS r(sheet uuid, student uuid, session uuid)
JOIN screening_answersheet a ON a.sitting_id = r.sheet AND a.student_id = r.student
JOIN screening_sitting s ON s.id = a.sitting_id
JOIN screening_campaign c ON c.id = s.campaign_id
WHERE a.submission IS NULL AND s.state <> 'set_aside' AND {TAKES}
  AND {session_lives("r.session", "r.student", "%(now)s")}
ORDER BY a.sitting_id FOR UPDATE OF a, s
"""
_TYPES = {
    "sitting_id": "uuid",
    "campaign_id": "uuid",
    "student_id": "uuid",
    "school_id": "bigint",
    "school_class_id": "bigint",
    "scored_at": "timestamptz",
    **dict.fromkeys(JSON_COLUMNS, "jsonb"),
}
_COLUMNS = ", ".join(f'"{name}" {_TYPES.get(name, "text")}' for name in RESULT_COLUMNS)
STORE_MANY = f"""
WITH r AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%s::json) AS r({_COLUMNS}, submission uuid, answers_hash text)
), sheet AS (
  UPDATE screening_answersheet a SET submission = r.submission, answers_hash = r.answers_hash
  FROM r WHERE a.sitting_id = r.sitting_id
), sitting AS (
  UPDATE screening_sitting s SET state = 'finished', finished_at = r.scored_at FROM r WHERE s.id = r.sitting_id
)
INSERT INTO screening_result ({", ".join(f'"{name}"' for name in RESULT_COLUMNS)})
SELECT {", ".join(f'r."{name}"' for name in RESULT_COLUMNS)} FROM r
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One hand-in to do together with others."""

    handed: HandIn
    writer: Writer


@dataclass(frozen=True, slots=True)
class Scored:
    """A sheet that is locked and scored, ready to be stored."""

    asked: Asked
    facts: SheetFacts
    answers: list[int | None]
    done: Outcome


def read_many(cursor: Any, asked: Sequence[Asked], *, now: datetime) -> None:
    """Send the question; `scored_of` reads its answer. At most one hand-in a sheet, all of one school."""
    rows = [{"sheet": one.handed.sheet, "student": one.writer.student, "session": one.writer.session} for one in asked]
    cursor.execute(READ_MANY, {"rows": msgspec.json.encode(rows).decode(), "now": now, "latest": now - GRACE})


def scored_of(cursor: Any, asked: Sequence[Asked], *, now: datetime) -> list[Scored]:
    """The sheets that can be handed in, scored. Those that cannot are left out."""
    by_sheet = {one.handed.sheet: one for one in asked}
    ready = []
    for answers, times, *columns in cursor.fetchall():
        facts = SheetFacts(*columns)
        one = by_sheet[facts.sitting]
        if not agrees(one.handed, shown(answers, facts.plan.not_asked(facts.age))):
            continue
        try:
            done = outcome(sheet_of(facts, answers, times), facts.plan, at=now)
        except InvalidAnswers:
            continue
        ready.append(Scored(one, facts, answers, done))
    return ready


def store_many(cursor: Any, ready: Sequence[Scored], *, now: datetime) -> None:
    """Send what stores the results and their entries in the files. All of one school."""
    rows = [
        one.done.result | {"submission": one.asked.handed.submission, "answers_hash": fingerprint(one.answers)}
        for one in ready
    ]
    cursor.execute(STORE_MANY, (msgspec.json.encode(rows).decode(),))
    cursor.execute(archives.ENTRIES, (msgspec.json.encode([_entry(one, now) for one in ready]).decode(),))


def announce_scored(cursor: GatheringCursor, ready: Sequence[Scored], *, now: datetime) -> None:
    """Let the rules judge each sheet, and record the hand-ins: in the same transaction."""
    announce_all([fact_of(one.facts, one.answers, one.done, one.asked.writer, now) for one in ready], cursor)
    for one in ready:
        missing = {"missing": len(one.done.scores.missing)}
        cursor.execute(APPEND, trail_of(one.facts, one.asked.writer, now, "sheet.handed_in", missing))


def _entry(one: Scored, now: datetime) -> dict[str, Any]:
    return {
        "school_id": one.facts.school,
        "student_id": one.facts.student,
        "kind": str(archives.EntryKind.RESULT),
        "at": now,
        "title": one.facts.plan.instrument.title.zh,
        "source": one.facts.sitting,
        "content": one.done.entry,
    }
