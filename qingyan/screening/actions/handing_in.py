"""Hand in a sheet: score it, store the result, tell the file and the alerts, all in one transaction.

Idempotent: the same hand-in gets the same receipt however often it comes. A different one is refused, and both are
kept for a person. Missing answers are allowed; the scales then say why they have no value.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from qingyan.archives import api as archives
from qingyan.foundation.audit.api import APPEND
from qingyan.foundation.events.api import announce
from qingyan.people.api import SESSION_LIVES
from qingyan.screening.actions.writing import (
    CLOSED,
    DIFFERENT,
    INVALID,
    NOT_FOUND,
    TAKES,
    Refused,
    SheetFacts,
    Writer,
    refuse_signed_out,
)
from qingyan.screening.contracts import HandIn, Receipt
from qingyan.screening.events import AnswerSheetScored
from qingyan.screening.rules.outcome import JSON_COLUMNS, Outcome, Sheet, outcome
from qingyan.screening.rules.sheets import GRACE, fingerprint, shown, whole

READ = f"""
SELECT a.answers, a.times, a.submission, s.finished_at, {TAKES}
FROM screening_answersheet a
JOIN screening_sitting s ON s.id = a.sitting_id
JOIN screening_campaign c ON c.id = s.campaign_id
WHERE a.sitting_id = %(sheet)s AND a.student_id = %(student)s AND s.state <> 'set_aside'
  AND (%(session)s::uuid IS NULL OR {SESSION_LIVES})
FOR UPDATE OF a, s
"""
MOST_DISPUTES = 20  # kept for one sheet; more help nobody, and a script could fill the table
RESULT_COLUMNS = (
    "sitting_id",
    "campaign_id",
    "student_id",
    "school_id",
    "school_class_id",
    "instrument",
    "version",
    "instrument_hash",
    "rule_version",
    "norm_version",
    *JSON_COLUMNS,
    "scored_at",
)
# The pupil's scope sees no result, so nothing is asked back and no arbiter is named; the locked sheet keeps it single.
STORE = f"""
WITH sheet AS (
  UPDATE screening_answersheet SET submission = %(submission)s, answers_hash = %(hash)s
  WHERE sitting_id = %(sitting_id)s
), sitting AS (
  UPDATE screening_sitting SET state = 'finished', finished_at = %(scored_at)s WHERE id = %(sitting_id)s
)
INSERT INTO screening_result ({", ".join(f'"{name}"' for name in RESULT_COLUMNS)})
VALUES ({", ".join(f"%({name})s::jsonb" if name in JSON_COLUMNS else f"%({name})s" for name in RESULT_COLUMNS)})
"""
DISPUTE = """
INSERT INTO screening_disputedsubmission
  (id, sitting_id, student_id, school_id, school_class_id, submission, answers_hash, answers, received_at)
SELECT gen_random_uuid(), %(sheet)s, %(student)s, %(school)s, %(school_class)s, %(submission)s, %(hash)s::text,
       %(answers)s::smallint[], %(now)s
WHERE NOT EXISTS (
  SELECT 1 FROM screening_disputedsubmission d WHERE d.sitting_id = %(sheet)s AND d.answers_hash = %(hash)s::text
) AND (SELECT count(*) FROM screening_disputedsubmission d WHERE d.sitting_id = %(sheet)s) < %(most)s
"""


class Disputed(Refused):
    """The page shows other answers than are stored. The transaction must COMMIT: what the page showed is kept."""

    def __init__(self) -> None:
        super().__init__(DIFFERENT)


def hand_in(cursor: Any, handed: HandIn, facts: SheetFacts, writer: Writer, *, now: datetime) -> Receipt:
    """Score and store. Raises Refused (roll back), Disputed (commit); any other error means: nothing is stored."""
    answers, times, submission, finished_at, is_open = _read(cursor, handed, writer, now)
    visible = shown(answers, facts.plan.not_asked(facts.age))
    if not agrees(handed, visible):
        _dispute(cursor, handed, facts, writer, now)
        raise Disputed
    if submission is not None:
        return Receipt(handed.sheet, submission, finished_at)
    if not is_open:
        raise Refused(CLOSED)
    done = outcome(sheet_of(facts, answers, times), facts.plan, at=now)
    _store(cursor, done, handed, fingerprint(answers))
    cursor.execute(archives.ENTRY, _entry(facts, done, now))
    announce(fact_of(facts, answers, done, writer, now), cursor)
    cursor.execute(APPEND, trail_of(facts, writer, now, "sheet.handed_in", {"missing": len(done.scores.missing)}))
    return Receipt(handed.sheet, handed.submission, now)


def _read(cursor: Any, handed: HandIn, writer: Writer, now: datetime) -> Any:
    values = {
        "sheet": handed.sheet,
        "student": writer.student,
        "session": writer.session,
        "now": now,
        "latest": now - GRACE,
    }
    cursor.execute(READ, values)
    row = cursor.fetchone()
    if row is not None:
        return row
    refuse_signed_out(cursor, writer, now=now)
    raise Refused(NOT_FOUND)


def agrees(handed: HandIn, visible: list[int | None]) -> bool:
    """Whether the page showed what is stored, as far as it says."""
    if handed.hash and handed.hash != fingerprint(visible):
        return False
    return handed.answers is None or list(handed.answers) == visible


def _dispute(cursor: Any, handed: HandIn, facts: SheetFacts, writer: Writer, now: datetime) -> None:
    plan = facts.plan
    hidden = plan.not_asked(facts.age)
    given = whole(handed.answers or (), hidden, length=len(plan.items)) if handed.answers is not None else []
    if given is None or not all(answer is None or plan.valid(place, answer) for place, answer in enumerate(given)):
        raise Refused(INVALID)
    values = {
        "sheet": facts.sitting,
        "student": facts.student,
        "school": facts.school,
        "school_class": facts.school_class,
        "submission": handed.submission,
        "hash": handed.hash or fingerprint(handed.answers or ()),
        "answers": given,
        "most": MOST_DISPUTES,
        "now": now,
    }
    cursor.execute(DISPUTE, values)
    if cursor.rowcount:
        cursor.execute(APPEND, trail_of(facts, writer, now, "sheet.disputed", {}))


def sheet_of(facts: SheetFacts, answers: list[int | None], times: list[int | None]) -> Sheet:
    """The stored sheet with who and what it is."""
    return Sheet(
        sitting=facts.sitting,
        campaign=facts.campaign,
        student=facts.student,
        school=facts.school,
        school_class=facts.school_class,
        instrument=facts.instrument,
        version=facts.version,
        age=facts.age,
        answers=answers,
        times=times,
        rule=facts.rule,
    )


def _store(cursor: Any, done: Outcome, handed: HandIn, answers_hash: str) -> None:
    columns = {name: _json(value) if name in JSON_COLUMNS else value for name, value in done.result.items()}
    cursor.execute(STORE, {**columns, "submission": handed.submission, "hash": answers_hash})


def _entry(facts: SheetFacts, done: Outcome, now: datetime) -> tuple[Any, ...]:
    return archives.entry_values(
        school_id=facts.school,
        student_id=facts.student,
        kind=str(archives.EntryKind.RESULT),
        at=now,
        title=facts.plan.instrument.title.zh,
        source=facts.sitting,
        content=done.entry,
    )


def fact_of(
    facts: SheetFacts, answers: list[int | None], done: Outcome, writer: Writer, now: datetime
) -> AnswerSheetScored:
    """The fact that is announced of a scored sheet."""
    return AnswerSheetScored(
        sitting=facts.sitting,
        campaign=facts.campaign,
        student=facts.student,
        school=facts.school,
        school_class=facts.school_class,
        instrument=facts.instrument,
        version=facts.version,
        answers=tuple(answers),
        scores=done.scores,
        age=facts.age,
        at=now,
        request=writer.request,
        marks=facts.marks,
    )


def trail_of(
    facts: SheetFacts, writer: Writer, now: datetime, action: str, detail: Mapping[str, int]
) -> tuple[Any, ...]:
    """The values of APPEND: the pupil's own deed at the own sheet."""
    subject = (action, "sitting", str(facts.sitting))
    person = (writer.student, "pupil", "student")
    return (facts.school, now, *person, *subject, facts.student, "", writer.request, _json(detail))


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
