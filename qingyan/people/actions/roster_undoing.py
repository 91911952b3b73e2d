"""Undoing an import: the pupils whom it made go, what it changed is as before. Only while nothing hangs on it.

Classes that it opened stay, empty; slips that it voided stay void, and those of moved pupils end. All or nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.scope import entered
from qingyan.foundation.database import bulk
from qingyan.foundation.jobs.api import enqueue
from qingyan.people.actions import standing
from qingyan.people.actions.roster_draft import Tell, begin_progress, locked, note, quiet
from qingyan.people.actions.roster_writing import GUARDIAN_COLUMNS, STUDENT_COLUMNS
from qingyan.people.models import Enrolment, Guardian, RosterDraft, RosterPart, Student
from qingyan.people.models.roster import DraftState
from qingyan.people.policy import IMPORT_ROSTER
from qingyan.people.queries import roster_hanging as hanging
from qingyan.people.roster import keeping
from qingyan.people.roster.keeping import ROWS_A_PART, Altered, Undo

UNDO_JOB = "people.undo_roster"
DONE = (DraftState.COMMITTED, DraftState.UNDOING)


class Hangs(Exception):
    """It cannot be undone any more; `reasons` says why, with the number of pupils each."""

    def __init__(self, reasons: Counter[str]) -> None:
        self.reasons = dict(reasons)
        super().__init__(sorted(reasons))


def ask_undo(*, draft: RosterDraft, by: Actor, now: datetime) -> RosterDraft:
    """Undo: at once when there were few rows, else by a job (state "undoing"). A refusal stands in `asked`.

    Raises NotReady unless the import is done.
    """
    require(by, IMPORT_ROSTER, draft)
    if draft.rows_good <= ROWS_A_PART:
        return undo(draft=draft, by=by, now=now)
    draft = locked(draft, (DraftState.COMMITTED,))
    draft.state, draft.asked = DraftState.UNDOING, {}
    draft.save()
    begin_progress(draft, total=draft.rows_good, now=now)
    enqueue(UNDO_JOB, by=by, key=f"{UNDO_JOB}:{uuid4()}", draft_id=str(draft.id))
    note(draft, "roster.undo_asked", by=by, now=now, detail={})
    return draft


def undo(*, draft: RosterDraft, by: Actor, now: datetime, tell: Tell = quiet) -> RosterDraft:
    """Undo a committed import, or say in `asked` why that cannot be: nothing has changed then. Raises NotReady."""
    require(by, IMPORT_ROSTER, draft)
    draft = locked(draft, DONE)
    try:
        with transaction.atomic(), entered(standing.with_all_sight(by)):
            counts = _undone(draft, now, tell)
    except Hangs as error:
        draft.state, draft.asked = DraftState.COMMITTED, {"reasons": error.reasons}
        draft.save()
        note(draft, "roster.undo_refused", by=by, now=now, detail=error.reasons)
        return draft
    RosterPart.objects.filter(draft=draft).delete()
    draft.state, draft.undone_at, draft.problem, draft.asked = DraftState.UNDONE, now, "", {}
    draft.save()
    note(draft, "roster.undone", by=by, now=now, detail=counts)
    standing.announce_classes(draft.school_id, now)
    return draft


def stay(*, draft: RosterDraft, code: str, by: Actor, now: datetime) -> RosterDraft:
    """An undoing that could not be finished: the import stands as before, and says so."""
    require(by, IMPORT_ROSTER, draft)
    draft.state, draft.problem = DraftState.COMMITTED, code
    draft.save()
    note(draft, "roster.undo_failed", by=by, now=now, detail={"code": code})
    return draft


def _undone(draft: RosterDraft, now: datetime, tell: Tell) -> dict[str, int]:
    found: Counter[str] = Counter()
    seen = 0
    for kept in _parts(draft):
        found += hanging.reasons(kept)
        seen += len(kept.made) + len(kept.altered)
        tell("looking", seen // 2, draft.rows_good)
    if found:
        raise Hangs(found)
    counts: Counter[str] = Counter()
    for kept in _parts(draft):
        counts += _revert(kept, draft.school_id, now)
        tell("undoing", (seen + sum(counts.values())) // 2, draft.rows_good)
    _check_nothing_hangs()
    return dict(counts)


def _parts(draft: RosterDraft) -> Iterator[Undo]:
    parts = RosterPart.objects.filter(draft=draft).order_by("number")
    if not parts.exists():
        raise Hangs(Counter({hanging.LATE: 1}))
    for part in parts.iterator(chunk_size=1):
        if part.undo is None:
            raise Hangs(Counter({hanging.LATE: 1}))
        yield keeping.undo_from(part.undo)


def _check_nothing_hangs() -> None:
    """The database has the last word: foreign keys that are looked at only at the end are looked at now."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise Hangs(Counter({hanging.OTHER: 1})) from None


def _revert(kept: Undo, school_id: int, now: datetime) -> Counter[str]:
    made = [one.student for one in kept.made]
    for model in (Guardian, Enrolment):
        bulk.delete(model, list(model.objects.filter(student_id__in=made).values_list("id", flat=True)))
    removed = bulk.delete(Student, made)
    _students_as_before(kept.altered)
    _guardians_as_before(kept.altered)
    _enrolments_as_before(kept.altered)
    moved = [one.student for one in kept.altered if one.began]
    if moved:
        standing.shut_door(moved, school_id=school_id, now=now)
    return Counter({"removed": removed, "restored": len(kept.altered)})


def _students_as_before(altered: Sequence[Altered]) -> None:
    students = Student.objects.in_bulk([one.student for one in altered])
    renumbered = []
    for one in altered:
        for name, value in one.before.items():
            if not name.startswith("guardian_"):
                setattr(students[one.student], *_set(name, value))
        if {"student_number", "id_number"} & set(one.before):
            renumbered.append(one.student)
    bulk.update(Student, students.values(), names=STUDENT_COLUMNS)
    if renumbered:
        Student.objects.filter(id__in=renumbered).update(city_index=None)


def _set(name: str, value: str | None) -> tuple[str, Any]:
    """The attribute and its value, as the noted text means it."""
    if name == "school_class":
        return "school_class_id", None if value is None else int(value)
    if name == "birth_date":
        return name, None if value is None else Student._meta.get_field(name).to_python(value)
    return name, value


def _guardians_as_before(altered: Sequence[Altered]) -> None:
    bulk.delete(Guardian, [one.guardian for one in altered if one.guardian_made])
    changed = {one.guardian: one for one in altered if one.guardian and not one.guardian_made}
    guardians: dict[UUID, Guardian] = Guardian.objects.in_bulk(list(changed))
    for key, guardian in guardians.items():
        for name in GUARDIAN_COLUMNS:
            if f"guardian_{name}" in changed[key].before:
                setattr(guardian, name, changed[key].before[f"guardian_{name}"])
    bulk.update(Guardian, guardians.values(), names=GUARDIAN_COLUMNS)


def _enrolments_as_before(altered: Sequence[Altered]) -> None:
    bulk.delete(Enrolment, [one.began for one in altered if one.began])
    Enrolment.objects.filter(id__in=[one.ended for one in altered if one.ended]).update(ends_on=None)
