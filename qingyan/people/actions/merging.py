"""Two files of one pupil made one, and made two again: the log keeps what moved and, sealed, what stood there before.

Slips and sessions are not part of it: the door of the file that goes is shut and stays so.
"""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.people.actions import standing
from qingyan.people.models import Enrolment, Guardian, Merge, Student, Transfer
from qingyan.people.models.life import UndoableState
from qingyan.people.models.student import StudentState
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries import guards
from qingyan.people.queries import merging as queries
from qingyan.people.workflow import ASKED, OFFERED

FILLED = ("birth_date", "ethnicity", "id_kind", "student_number", "id_number")
INDEXES = ("student_number_index", "id_number_index")
KEPT = (*FILLED, "state", "school_class_id")


class Refused(Exception):
    """Not possible; `code` says why: same, merged, transfer, held, moved_on, state."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def merge(*, survivor: Student, other: Student, by: Actor, now: datetime) -> Merge:
    """`other` goes into `survivor`: rows move, empty fields are filled, a door is shut. Raises NotVisible, Refused."""
    require(by, MANAGE_FILES, survivor)
    require(by, MANAGE_FILES, other)
    if survivor.pk == other.pk:
        raise Refused("same")
    kept, gone = _locked(survivor.pk, other.pk)
    if StudentState.MERGED in (kept.state, gone.state):
        raise Refused("merged")
    if Transfer.objects.filter(subject__in=[kept.id, gone.id], state__in=(ASKED, OFFERED)).exists():
        raise Refused("transfer")
    if not guards.may_merge(kept.id, gone.id, by=by, now=now):
        raise Refused("held")
    standing.shut_door([gone.id], school_id=gone.school_id, now=now)
    with entered(standing.with_all_sight(by)):
        before = _before(kept, gone)
        standing.close_enrolment(gone.id, on=timezone.localdate(now))
        _renumber(kept.id, gone.id)
        going = {table: keys for table, keys in queries.movable(kept.id, gone.id).going.items() if keys}
        _hand(going, gone.id, kept.id)
        _fill(kept, gone)
    row = Merge.objects.create(
        school_id=kept.school_id, survivor=kept.id, merged=gone.id, done_at=now, by_id=standing.account_of(by),
        moved={table: [str(key) for key in keys] for table, keys in going.items()}, before=json.dumps(before),
    )  # fmt: skip
    _record("file.merged", row, by=by, now=now)
    standing.announce_classes(kept.school_id, now)
    return row


def undo(*, merge: Merge, by: Actor, now: datetime) -> Merge:
    """Two files again, exactly as they were. Raises NotVisible, Refused ("moved_on" when the file moved on since)."""
    require(by, MANAGE_FILES, merge)
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.state != UndoableState.DONE:
        raise Refused("state")
    kept, gone = _locked(row.survivor, row.merged)
    before = json.loads(row.before or "{}")
    if gone.state != StudentState.MERGED or kept.state == StudentState.MERGED or not _as_filled(kept, before):
        raise Refused("moved_on")
    with entered(standing.with_all_sight(by)):
        _hand({table: [UUID(key) for key in keys] for table, keys in row.moved.items()}, row.survivor, row.merged)
        _restore(kept, before["survivor"], ())
        _restore(gone, before["merged"], ("state", "school_class_id"))
        for key, position in before["guardians"]:
            Guardian.objects.filter(pk=key).update(position=position)
        Enrolment.objects.filter(pk=before["enrolment"]).update(ends_on=None)
    row.state = UndoableState.UNDONE
    row.save()
    _record("file.unmerged", row, by=by, now=now)
    standing.announce_classes(row.school_id, now)
    return row


def _locked(first: UUID, second: UUID) -> tuple[Student, Student]:
    rows = {row.id: row for row in Student.objects.select_for_update().filter(id__in=[first, second]).order_by("id")}
    if len(rows) != 2:
        raise Refused("moved_on")
    return rows[first], rows[second]


def _before(kept: Student, gone: Student) -> dict[str, Any]:
    open_one = Enrolment.objects.filter(student_id=gone.id, ends_on__isnull=True).first()
    guardians = Guardian.objects.filter(student_id=gone.id).values_list("id", "position")
    return {
        "survivor": _fields(kept),
        "merged": _fields(gone),
        "filled": {name: _plain(getattr(kept, name) or getattr(gone, name)) for name in FILLED},
        "guardians": [[str(key), position] for key, position in guardians],
        "enrolment": str(open_one.id) if open_one else None,
    }


def _fields(row: Student) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in KEPT}


def _plain(value: Any) -> Any:
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else value


def _as_filled(kept: Student, before: dict[str, Any]) -> bool:
    """Whether the survivor still says what the merge left there."""
    return all(_plain(getattr(kept, name)) == value for name, value in before.get("filled", {}).items())


def _renumber(kept: UUID, gone: UUID) -> None:
    """Guardians of the file that goes come after those of the other."""
    highest = max(Guardian.objects.filter(student_id=kept).values_list("position", flat=True), default=0)
    mine = Guardian.objects.filter(student_id=gone).order_by("-position")
    for one in mine:
        Guardian.objects.filter(pk=one.pk).update(position=one.position + highest)


def _hand(rows: dict[str, list[UUID]], origin: UUID, target: UUID) -> None:
    with connection.cursor() as cursor:
        for table, keys in rows.items():
            cursor.execute("SELECT moving.hand_rows(%s::regclass, %s, %s, %s)", [table, keys, origin, target])
            if cursor.fetchone()[0] != len(keys):
                raise Refused("moved_on")


def _fill(kept: Student, gone: Student) -> None:
    """Empty fields of the survivor get what the other knew; a number stands in one file only."""
    wanted = {name: getattr(kept, name) or getattr(gone, name) for name in FILLED}
    for name in ("student_number", "id_number"):
        if not getattr(kept, name):
            setattr(gone, name, None)
    gone.state, gone.school_class_id = StudentState.MERGED, None
    gone.save(update_fields=["student_number", "id_number", *INDEXES, "state", "school_class"])
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*FILLED, *INDEXES])


def _restore(row: Student, values: dict[str, Any], more: tuple[str, ...]) -> None:
    for name in (*FILLED, *more):
        value = values[name]
        setattr(row, name, date.fromisoformat(value) if name == "birth_date" and value else value)
    columns = [name.removesuffix("_id") for name in more]
    row.save(update_fields=[*FILLED, *INDEXES, *columns])


def _record(action: str, row: Merge, *, by: Actor, now: datetime) -> None:
    moved = sum(len(keys) for keys in row.moved.values())
    detail = {"merge": row.id, "merged": row.merged, "rows": moved}
    record(
        by=by, action=action, subject_kind="file", subject_id=row.survivor, student_id=row.survivor, detail=detail,
        now=now,
    )  # fmt: skip
