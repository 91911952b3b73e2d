"""Gives pupils without a city-wide blind index theirs: who came before there was one, or by a way that left it out."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.audit.api import record
from qingyan.foundation.database import bulk
from qingyan.people.models import Student

AT_ONCE = 1000
FIRST = UUID(int=0)
HAS_NUMBER = Q(id_number__isnull=False) | Q(student_number__isnull=False)


def complete(*, by: Actor, now: datetime) -> int:
    """Index the pupils of the entered school, which `by` sees whole; returns how many. Safe to run again."""
    done, after = 0, FIRST
    missing = Student.objects.filter(HAS_NUMBER, school_id=by.school_id, city_index__isnull=True).order_by("id")
    while rows := list(missing.filter(id__gt=after)[:AT_ONCE]):
        done += bulk.update(Student, rows, names=("city_index",))
        after = rows[-1].id
    if done:
        detail: dict[str, str | int] = {"pupils": done}
        record(by=by, action="pupils.indexed", subject_kind="school", subject_id=by.school_id, detail=detail, now=now)
    return done
