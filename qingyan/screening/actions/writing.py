"""Who writes on an answer sheet, why it may be refused, and the facts of a sheet that never change.

Shared by the two paths to a sheet: Django's actions, and the lean endpoint (web/lean) with connections of its own. Both
hand in a psycopg-like cursor in an open transaction with the pupil's scope entered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from qingyan.foundation.access.actor import Actor
from qingyan.instruments import api as instruments
from qingyan.instruments.api.wordings import CONCERNS
from qingyan.instruments.contracts import Plan
from qingyan.people.api import SESSION_LIVES


class Refused(Exception):
    """The answer or the hand-in is not taken. `code` is stable and known to the page; nothing was changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


SIGNED_OUT, NOT_FOUND, FINISHED, CLOSED = "signed_out", "not_found", "finished", "closed"
INVALID, DIFFERENT = "invalid", "different"


@dataclass(frozen=True)
class Writer:
    """The pupil who writes. `session` is asked for again in the database; None where the middleware did so."""

    student: UUID
    school: int
    session: UUID | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What never changes on a sheet once it is begun."""

    sitting: UUID
    campaign: UUID
    student: UUID
    school: int
    school_class: int
    instrument: str
    version: str
    age: int | None
    marked: str = "{}"
    rule: str = ""  # the round's cut-off for this instrument; "" is the file's first

    @property
    def marks(self) -> Mapping[str, str]:
        """Item id -> concern, as two people marked the wording that the round froze; empty for words of the file."""
        return _marks(self.marked)

    @property
    def plan(self) -> Plan:
        """The compiled instrument."""
        return instruments.plan(self.instrument, self.version)


# A sheet takes answers while its round is open; one that was asked for again, until its own end. Of latest and now.
TAKES = "(c.state = 'open' AND c.closes_at > %(latest)s OR s.open_until > %(now)s)"
_FROZEN = """(SELECT i.wording_id FROM screening_campaigninstrument i
  WHERE i.campaign_id = s.campaign_id AND i.instrument = a.instrument AND i.version = a.version)"""
# The round's cut-off for the sheet's instrument; an instrument that was assigned to one pupil has none of its own.
CUTOFF = """coalesce((SELECT i.screen_rule FROM screening_campaigninstrument i
  WHERE i.campaign_id = s.campaign_id AND i.instrument = s.instrument AND i.version = s.version), '')"""
# The columns of SheetFacts, from an answer sheet `a` and its sitting `s`.
FACT_COLUMNS = f"""a.sitting_id, s.campaign_id, a.student_id, a.school_id, a.school_class_id, a.instrument, a.version,
  a.age, {CONCERNS.format(wording=_FROZEN)}, {CUTOFF}"""
FACTS = f"""
SELECT {FACT_COLUMNS}
FROM screening_answersheet a JOIN screening_sitting s ON s.id = a.sitting_id
WHERE a.sitting_id = %(sheet)s AND a.student_id = %(student)s
"""
STANDING = """
SELECT answers, (SELECT coalesce(max(seq), 0) FROM unnest(sequences) seq) FROM screening_answersheet
WHERE sitting_id = %(sheet)s AND student_id = %(student)s
"""
FACTS_MANY = f"""
SELECT {FACT_COLUMNS}
FROM json_to_recordset(%s::json) AS r(sheet uuid, student uuid)
JOIN screening_answersheet a ON a.sitting_id = r.sheet AND a.student_id = r.student
JOIN screening_sitting s ON s.id = a.sitting_id
"""


ALIVE = f"SELECT {SESSION_LIVES}"


def refuse_signed_out(cursor: Any, writer: Writer, *, now: datetime) -> None:
    """Raises Refused(SIGNED_OUT) when the writer's session has ended."""
    if writer.session is None:
        return
    cursor.execute(ALIVE, {"session": writer.session, "student": writer.student, "now": now})
    if not cursor.fetchone()[0]:
        raise Refused(SIGNED_OUT)


def writer_of(actor: Actor) -> Writer:
    """The signed-in pupil of a Django request. Raises ValueError for anybody else."""
    if actor.student_id is None or actor.school_id is None:
        raise ValueError("only a pupil writes on a sheet")
    return Writer(actor.student_id, actor.school_id, request=actor.request_id)


def facts_of(cursor: Any, sheet: UUID, writer: Writer) -> SheetFacts:
    """The facts of the pupil's own sheet. Raises Refused(NOT_FOUND) for any other."""
    cursor.execute(FACTS, {"sheet": sheet, "student": writer.student})
    row = cursor.fetchone()
    if row is None:
        raise Refused(NOT_FOUND)
    return SheetFacts(*row)


def standing_of(cursor: Any, sheet: UUID, writer: Writer) -> tuple[list[int | None], int]:
    """The stored answers of the pupil's own sheet, in item order, and the highest sequence. May raise Refused."""
    cursor.execute(STANDING, {"sheet": sheet, "student": writer.student})
    row = cursor.fetchone()
    if row is None:
        raise Refused(NOT_FOUND)
    return list(row[0]), row[1]


def facts_of_many(cursor: Any, wanted: Sequence[tuple[UUID, str]]) -> None:
    """Ask for the facts of several pupils' own sheets (sheet, student); each row fetched is one SheetFacts."""
    rows = [{"sheet": sheet, "student": student} for sheet, student in wanted]
    cursor.execute(FACTS_MANY, (msgspec.json.encode(rows).decode(),))


@lru_cache(maxsize=256)
def _marks(text: str) -> Mapping[str, str]:
    found: dict[str, str] = msgspec.json.decode(text)
    return found
