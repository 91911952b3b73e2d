"""Save one answer: one statement that decides everything on the locked row. Acknowledge only after COMMIT.

An answer is taken when the session lives, the sheet is the pupil's own, not handed in and still open, and its sequence
is higher than the stored one; so a late packet never overwrites a newer answer. An answer to a critical or watched item
is announced in the same transaction, a late one too: whoever is told "saved" has been heard.
"""

from datetime import datetime
from typing import Any

from qingyan.foundation.audit.api import APPEND
from qingyan.foundation.events.api import announce
from qingyan.people.api import SESSION_LIVES
from qingyan.screening.actions.writing import (
    CLOSED,
    FINISHED,
    INVALID,
    NOT_FOUND,
    SIGNED_OUT,
    TAKES,
    Refused,
    SheetFacts,
    Writer,
)
from qingyan.screening.contracts import Answer, Saved
from qingyan.screening.events import AnswerSaved
from qingyan.screening.rules.sheets import GRACE

LONGEST_MS = 3_600_000
HIGHEST_SEQ = 2_000_000_000

# `submission` marks a sheet as handed in on the very row that is locked: a save that waited for a hand-in sees it.
SAVE = f"""
UPDATE screening_answersheet a
SET answers[%(at)s] = %(value)s::smallint, sequences[%(at)s] = %(seq)s::int, saved_at = %(now)s,
    times[%(at)s] = least(coalesce(a.times[%(at)s], 0)::bigint + %(ms)s::int, 2000000000)
FROM screening_sitting s JOIN screening_campaign c ON c.id = s.campaign_id
WHERE a.sitting_id = %(sheet)s AND a.student_id = %(student)s AND s.id = a.sitting_id
  AND a.submission IS NULL AND s.state <> 'set_aside' AND coalesce(a.sequences[%(at)s], -1) < %(seq)s::int
  AND {TAKES} AND (%(session)s::uuid IS NULL OR {SESSION_LIVES})
RETURNING cardinality(array_remove(a.answers, NULL))
"""

WHY_NOT = f"""
SELECT (%(session)s::uuid IS NULL OR {SESSION_LIVES}), a.submission IS NOT NULL OR s.state = 'set_aside',
       {TAKES}, cardinality(array_remove(a.answers, NULL))
FROM (SELECT 1) one LEFT JOIN (screening_answersheet a JOIN screening_sitting s ON s.id = a.sitting_id
  JOIN screening_campaign c ON c.id = s.campaign_id) ON a.sitting_id = %(sheet)s AND a.student_id = %(student)s
"""


def refuse_invalid(facts: SheetFacts, answer: Answer) -> None:
    """Raises Refused(INVALID) unless the item is asked of this pupil and the value is one of its options."""
    in_range = 0 <= answer.seq <= HIGHEST_SEQ and 0 <= answer.ms <= LONGEST_MS
    if not in_range or not facts.plan.valid(answer.item, answer.value):
        raise Refused(INVALID)
    if answer.item in facts.plan.not_asked(facts.age):
        raise Refused(INVALID)


def is_watched(facts: SheetFacts, answer: Answer) -> bool:
    """Whether somebody may have to hear of this answer at once."""
    item = facts.plan.items[answer.item]
    return item.critical or item.watch or item.id in facts.marks


def save_values(answer: Answer, writer: Writer, *, now: datetime) -> dict[str, Any]:
    """The parameters of SAVE and WHY_NOT."""
    return {
        "sheet": answer.sheet,
        "at": answer.item + 1,
        "value": answer.value,
        "ms": answer.ms,
        "seq": answer.seq,
        "student": writer.student,
        "session": writer.session,
        "now": now,
        "latest": now - GRACE,
    }


def store(cursor: Any, answer: Answer, facts: SheetFacts, writer: Writer, *, now: datetime) -> Saved:
    """Store the answer and announce it if it is watched. Raises Refused; any other error means: nothing is stored."""
    refuse_invalid(facts, answer)
    values = save_values(answer, writer, now=now)
    cursor.execute(SAVE, values)
    row = cursor.fetchone()
    saved = Saved(answer.seq, row[0]) if row is not None else why_not(cursor, values)
    if is_watched(facts, answer):
        announce(fact_of(answer, facts, writer, now), cursor)
        if row is not None:
            cursor.execute(APPEND, trail_of(facts, writer, now))
    return saved


def why_not(cursor: Any, values: dict[str, Any]) -> Saved:
    """Nothing was changed: because a newer answer is there (then all is well), or raises Refused with the reason."""
    cursor.execute(WHY_NOT, values)
    lives, handed_in, is_open, answered = cursor.fetchone()
    if not lives:
        raise Refused(SIGNED_OUT)
    if answered is None:
        raise Refused(NOT_FOUND)
    if handed_in:
        raise Refused(FINISHED)
    if not is_open:
        raise Refused(CLOSED)
    return Saved(values["seq"], answered)


def fact_of(answer: Answer, facts: SheetFacts, writer: Writer, now: datetime) -> AnswerSaved:
    """The fact that is announced of a watched answer."""
    return AnswerSaved(
        sitting=facts.sitting,
        student=facts.student,
        school=facts.school,
        school_class=facts.school_class,
        instrument=facts.instrument,
        version=facts.version,
        item=answer.item,
        value=answer.value,
        age=facts.age,
        at=now,
        request=writer.request,
        marks=facts.marks,
    )


def trail_of(facts: SheetFacts, writer: Writer, now: datetime) -> tuple[Any, ...]:
    """Every answer carries its own sequence and time on the sheet; the trail gets those that somebody may ask about."""
    subject = ("sheet.saved", "sitting", str(facts.sitting))
    return (facts.school, now, writer.student, "pupil", "student", *subject, facts.student, "", writer.request, "{}")
