"""Save one answer each of several pupils of one school, by one statement that decides everything on the locked rows.

The rules are those of saving.py, row by row: own sheet, living session, open round, higher sequence. A row that is not
taken says nothing here; its request asks alone why. The scope is that of exactly these pupils (scope_of_pupils).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from qingyan.foundation.audit.api import APPEND, GatheringCursor
from qingyan.foundation.events.api import announce_all
from qingyan.people.api import session_lives
from qingyan.screening.actions.saving import fact_of, is_watched, trail_of
from qingyan.screening.actions.writing import TAKES, SheetFacts, Writer
from qingyan.screening.contracts import Answer, Saved
from qingyan.screening.rules.sheets import GRACE

SAVE_MANY = f"""
UPDATE screening_answersheet a
SET answers[r.at] = r.value, sequences[r.at] = r.seq, saved_at = %(now)s,
    times[r.at] = least(coalesce(a.times[r.at], 0)::bigint + r.ms, 2000000000)
FROM json_to_recordset(%(rows)s::json)
    AS r(sheet uuid, student uuid, session uuid, at int, value smallint, seq int, ms int)
  JOIN screening_sitting s ON s.id = r.sheet JOIN screening_campaign c ON c.id = s.campaign_id
WHERE a.sitting_id = r.sheet AND a.student_id = r.student
  AND a.submission IS NULL AND s.state <> 'set_aside' AND coalesce(a.sequences[r.at], -1) < r.seq
  AND {TAKES} AND {session_lives("r.session", "r.student", "%(now)s")}
RETURNING a.sitting_id, cardinality(array_remove(a.answers, NULL))
"""


@dataclass(frozen=True, slots=True)
class Save:
    """One answer to save together with others. Valid, of a session that is asked for again in the statement."""

    answer: Answer
    facts: SheetFacts
    writer: Writer

    @property
    def sheet(self) -> UUID:
        """The sheet that it is on."""
        return self.answer.sheet

    @property
    def is_watched(self) -> bool:
        """Whether somebody may have to hear of it at once."""
        return is_watched(self.facts, self.answer)


def save_many(cursor: Any, saves: Sequence[Save], *, now: datetime) -> None:
    """Send the statement; `saved_of` reads its answer. At most one save a sheet, all of one school."""
    rows = [
        {
            "sheet": save.answer.sheet,
            "student": save.writer.student,
            "session": save.writer.session,
            "at": save.answer.item + 1,
            "value": save.answer.value,
            "seq": save.answer.seq,
            "ms": save.answer.ms,
        }
        for save in saves
    ]
    cursor.execute(SAVE_MANY, {"rows": msgspec.json.encode(rows).decode(), "now": now, "latest": now - GRACE})


def saved_of(cursor: Any, saves: Sequence[Save]) -> dict[UUID, Saved]:
    """What was saved, by sheet. A sheet that is missing was not changed."""
    seqs = {save.answer.sheet: save.answer.seq for save in saves}
    return {sheet: Saved(seqs[sheet], answered) for sheet, answered in cursor.fetchall()}


def announce_watched(cursor: GatheringCursor, saves: Sequence[Save], *, now: datetime) -> None:
    """Announce the saved answers that somebody may have to hear of, and record them: in the same transaction."""
    watched = [save for save in saves if save.is_watched]
    announce_all([fact_of(save.answer, save.facts, save.writer, now) for save in watched], cursor)
    for save in watched:
        cursor.execute(APPEND, trail_of(save.facts, save.writer, now))
