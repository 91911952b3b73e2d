"""The turn of the school year: hold pupils back, promote every class at once, undo while nothing hangs on it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.access.roles import Role
from qingyan.foundation.access.scope import entered
from qingyan.foundation.audit.api import record
from qingyan.organisations import api as organisations
from qingyan.organisations.api import School
from qingyan.people.actions import standing
from qingyan.people.models import Enrolment, Post, Promotion, PupilSession, SchoolingStep, Slip, Student
from qingyan.people.models.life import UndoableState
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries import promotion as queries
from qingyan.people.queries.hanging import of_pupils
from qingyan.people.workflow import ENROLLED, GRADUATED

AT_ONCE = 1000
NO_HOLD = (Student, Enrolment, Slip, PupilSession)  # what a promotion itself changes


class Refused(Exception):
    """Not possible; `code` says why: year, early, state, changed, hangs."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def hold_back(*, school: School, class_id: int, student_ids: Iterable[UUID], by: Actor, now: datetime) -> Promotion:
    """Of this class exactly these pupils repeat the grade. Raises NotVisible, Refused."""
    row = _planned(school, by=by, now=now)
    there = {str(one.id) for one in queries.pupils_of(school.id, class_id)}
    row.held_back = sorted((set(row.held_back) - there) | (there & {str(one) for one in student_ids}))
    row.save()
    _record("promotion.held_back", row, by=by, now=now, detail={"class": class_id, "count": len(row.held_back)})
    return row


def promote(*, school: School, teachers_follow: bool, by: Actor, now: datetime) -> Promotion:
    """Everybody into the next grade, once; last grades graduate; slips end. Raises NotVisible, Refused.

    `teachers_follow`: homeroom teachers go with their class; else their post ends with the old class.
    """
    row = _planned(school, by=by, now=now)
    turn = queries.turn_of(school.id, now=now)
    if turn is None or not turn.ready:
        raise Refused("early")
    lines, on = queries.move_lines(school, turn, row.held_back), timezone.localdate(now)
    keys = {line.move.target for line in lines} | {line.move.staying for line in lines if line.held_back}
    places = organisations.ensure_classes(school.id, turn.target, [key for key in keys if key is not None])
    pupils: list[list[Any]] = []
    for line in lines:
        pupils += _pupils_of(line, row, places)
    _enrol(pupils, school.id, on)
    _graduates(pupils, school.id, "graduate", (ENROLLED, GRADUATED), by=by, now=now)
    standing.shut_door([UUID(one[0]) for one in pupils], school_id=school.id, now=now)
    targets = {line.move.class_id: line.move.target for line in lines}
    posts = _posts(targets, places if teachers_follow else {}, on, by=by, now=now)
    row.state, row.done_at, row.by_id = UndoableState.DONE, now, standing.account_of(by)
    row.done = {"pupils": pupils, "posts": posts}
    row.save()
    graduated = sum(one[3] is None for one in pupils)
    detail = {"year": turn.target.name, "pupils": len(pupils), "graduated": graduated, "held": len(row.held_back)}
    _record("promotion.done", row, by=by, now=now, detail=detail)
    standing.announce_classes(school.id, now)
    return row


def undo(*, promotion: Promotion, by: Actor, now: datetime) -> Promotion:
    """Everybody back into the old class. Raises NotVisible, Refused ("hangs", "changed"): nothing has changed then."""
    require(by, MANAGE_FILES, promotion)
    row = Promotion.objects.select_for_update().get(pk=promotion.pk)
    if row.state != UndoableState.DONE:
        raise Refused("state")
    pupils = row.done["pupils"]
    _check_untouched(pupils, by)
    fresh = [one[4] for one in pupils if one[4]]
    Enrolment.objects.filter(id__in=fresh).update(ends_on=timezone.localdate(row.done_at))
    Enrolment.objects.filter(id__in=[one[2] for one in pupils if one[2]]).update(ends_on=None)
    for class_id in {one[1] for one in pupils}:
        mine = [one[0] for one in pupils if one[1] == class_id]
        Student.objects.filter(id__in=mine).update(school_class_id=class_id, state=ENROLLED)
    _graduates(pupils, row.school_id, "unpromote", (GRADUATED, ENROLLED), by=by, now=now)
    standing.shut_door([UUID(one[0]) for one in pupils], school_id=row.school_id, now=now)
    for old, new in row.done["posts"]:
        Post.objects.filter(id=old).update(ends_on=None)
        Post.objects.filter(id=new).update(ends_on=timezone.localdate(now))
    row.state = UndoableState.UNDONE
    row.save()
    _record("promotion.undone", row, by=by, now=now, detail={"pupils": len(pupils)})
    standing.announce_classes(row.school_id, now)
    return row


def _planned(school: School, *, by: Actor, now: datetime) -> Promotion:
    """The plan for the turn that waits, locked; made when there is none."""
    turn = queries.turn_of(school.id, now=now)
    require(by, MANAGE_FILES, Promotion(school=school))
    if turn is None:
        raise Refused("year")
    known = queries.planned(school.id, turn.target)
    row = known or Promotion.objects.create(school=school, school_year=turn.target, by_id=standing.account_of(by))
    row = Promotion.objects.select_for_update().get(pk=row.pk)
    if row.state != UndoableState.PLANNED:
        raise Refused("state")
    return row


def _pupils_of(line: queries.MoveLine, row: Promotion, places: dict[tuple[int, int], int]) -> list[list[Any]]:
    """Move the pupils of one class; each as [pupil, old class, old enrolment, new class, new enrolment]."""
    students = list(
        Student.objects.select_for_update()
        .filter(school_id=row.school_id, school_class_id=line.move.class_id, state=ENROLLED)
        .values_list("id", flat=True)
    )
    held = set(row.held_back)
    present = dict(
        Enrolment.objects.filter(student_id__in=students, ends_on__isnull=True).values_list("student_id", "id")
    )
    moved = []
    for student in students:
        key = line.move.staying if str(student) in held else line.move.target
        place = None if key is None else places[key]
        old = str(present[student]) if student in present else None
        moved.append([str(student), line.move.class_id, old, place, str(uuid4()) if place else None])
    return moved


def _enrol(pupils: list[list[Any]], school_id: int, on: date) -> None:
    Enrolment.objects.filter(id__in=[one[2] for one in pupils if one[2]]).update(ends_on=on)
    Enrolment.objects.bulk_create(
        (
            Enrolment(id=one[4], student_id=one[0], school_id=school_id, school_class_id=one[3], starts_on=on)
            for one in pupils
            if one[3]
        ),
        batch_size=AT_ONCE,
    )
    for class_id in {one[3] for one in pupils}:
        mine = [one[0] for one in pupils if one[3] == class_id]
        state = GRADUATED if class_id is None else ENROLLED
        Student.objects.filter(id__in=mine).update(school_class_id=class_id, state=state)


def _graduates(
    pupils: list[list[Any]], school_id: int, verb: str, states: tuple[str, str], *, by: Actor, now: datetime
) -> None:
    SchoolingStep.objects.bulk_create(
        (
            SchoolingStep(
                student_id=one[0],
                school_id=school_id,
                verb=verb,
                origin=states[0],
                target=states[1],
                at=now,
                by_id=standing.account_of(by),
            )
            for one in pupils
            if one[3] is None
        ),
        batch_size=AT_ONCE,
    )


def _posts(
    targets: dict[int, Any], places: dict[tuple[int, int], int], on: date, *, by: Actor, now: datetime
) -> list[list[str | None]]:
    """End the homeroom posts of the old classes; give the same teachers the new class where it is in `places`."""
    made: list[list[str | None]] = []
    rows = Post.objects.filter(school_class_id__in=targets, role=Role.HOMEROOM_TEACHER.value, ends_on__isnull=True)
    for post in rows:
        place = places.get(targets[post.school_class_id])
        post.ends_on = on
        post.save(update_fields=["ends_on"])
        _record_post("post.ended", post, by=by, now=now)
        new = None
        if place is not None:
            new = Post.objects.create(
                account_id=post.account_id,
                role=post.role,
                school_id=post.school_id,
                school_class_id=place,
                starts_on=on,
            )
            _record_post("post.given", new, by=by, now=now)
        made.append([str(post.id), str(new.id) if new else None])
    return made


def _check_untouched(pupils: list[list[Any]], by: Actor) -> None:
    """Each pupil stands where the promotion put them, and nothing was answered or raised in the new classes."""
    ids, classes = [one[0] for one in pupils], {one[3] for one in pupils if one[3]}
    now_at = {str(key): place for key, place in Student.objects.filter(id__in=ids).values_list("id", "school_class_id")}
    states = dict(Student.objects.filter(id__in=ids).values_list("id", "state"))
    if any(now_at.get(one[0], 0) != one[3] for one in pupils) or set(states.values()) - {ENROLLED, GRADUATED}:
        raise Refused("changed")
    with entered(standing.with_all_sight(by)):
        for model, lookup in of_pupils():
            class_column = model.scope.class_
            if model in NO_HOLD or not class_column or model.scope.follows:
                continue
            if model._default_manager.filter(**{f"{lookup}__in": ids, f"{class_column}__in": classes}).exists():
                raise Refused("hangs")


def _record(action: str, row: Promotion, *, by: Actor, now: datetime, detail: dict[str, Any]) -> None:
    record(by=by, action=action, subject_kind="promotion", subject_id=row.id, detail=detail, now=now)


def _record_post(action: str, post: Post, *, by: Actor, now: datetime) -> None:
    detail = {"post": post.id, "role": str(post.role), "school": post.school_id, "class": post.school_class_id}
    record(by=by, action=action, subject_kind="account", subject_id=post.account_id, detail=detail, now=now)
