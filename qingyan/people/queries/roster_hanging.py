"""Whether an import can be undone: what hangs on the pupils whom it made, and who has been changed since.

Says how many pupils, never what: that somebody has an alert or an entry is not for the page of an import.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.protection import declared
from qingyan.foundation.access.scoping import SchoolScope
from qingyan.people.models import Enrolment, Guardian, Student
from qingyan.people.queries.hanging import of_pupils
from qingyan.people.roster.keeping import DIGESTED, Altered, Undo, digest

CHANGED, ENROLLED, ANSWERED, OTHER, LATE = "changed", "enrolled", "answered", "other", "late"
REASONS = {
    CHANGED: _("%(count)s 人的档案在导入之后又有改动"),
    ENROLLED: _("%(count)s 名新学生已经有别的就读经历"),
    ANSWERED: _("%(count)s 名新学生已经作答"),
    OTHER: _("%(count)s 名新学生已经有其他记录，如登录条、知情同意、学籍变动"),
    LATE: _("撤销所需的旧内容已经清除，这次导入不能再撤销"),
}
KIND_OF_TABLE = {"screening_sitting": ANSWERED, "people_enrolment": ENROLLED}


def words(found: Mapping[str, int]) -> list[str]:
    """The reasons in the reader's language."""
    return [str(REASONS[reason]) % {"count": count} for reason, count in found.items() if reason in REASONS]


def reasons(undo: Undo) -> Counter[str]:
    """Why this part cannot be undone, each with the number of pupils; empty when it can. Needs all sight."""
    made = [one.student for one in undo.made]
    found = Counter({CHANGED: _changed(undo) + len(altered_since(undo.altered))})
    others: set[UUID] = set()
    for model, lookup in hanging_tables() if made else ():
        pupils = _with_rows(model, lookup, made)
        kind = KIND_OF_TABLE.get(model._meta.db_table)
        if kind is None:
            others |= pupils
        else:
            found[kind] += len(pupils)
    found[OTHER] += len(others)
    return +found


def hanging_tables() -> Iterator[tuple[type[models.Model], str]]:
    """Every table whose rows belong to a pupil, by a foreign key or by a key that outlives a move."""
    seen = set()
    for model, lookup in of_pupils():
        seen.add(model)
        if model is not Student:
            yield model, lookup
    for other, scope in declared().values():
        if other is not None and other not in seen and isinstance(scope, SchoolScope) and scope.student:
            yield other, scope.student


def altered_since(altered: Sequence[Altered]) -> list[UUID]:
    """Pupils who do not stand any more as the import left them."""
    students = Student.objects.in_bulk([one.student for one in altered])
    guardians = Guardian.objects.in_bulk([one.guardian for one in altered if one.guardian])
    return [one.student for one in altered if not _stands(one, students, guardians)]


def _stands(one: Altered, students: dict[UUID, Student], guardians: dict[UUID, Guardian]) -> bool:
    student, guardian = students.get(one.student), guardians.get(one.guardian) if one.guardian else None
    if student is None or (one.guardian and guardian is None):
        return False
    return all(current(name, student, guardian) == value for name, value in one.after.items())


def current(name: str, student: Student, guardian: Guardian | None) -> str | None:
    """What stands in this field now, as the import noted it."""
    if name.startswith("guardian_"):
        value: Any = getattr(guardian, name.removeprefix("guardian_")) if guardian else None
    else:
        value = student.school_class_id if name == "school_class" else getattr(student, name)
    return None if value is None else str(value)


def _changed(undo: Undo) -> int:
    digests = {one.student: one.digest for one in undo.made}
    rows = Student.objects.filter(id__in=list(digests)).values_list("id", *DIGESTED)
    same = sum(digest(values) == digests[key] for key, *values in rows)
    return len(digests) - same


def _with_rows(model: type[models.Model], lookup: str, pupils: Sequence[UUID]) -> set[UUID]:
    """The pupils who have rows there beside those that the import made."""
    rows = model._default_manager.filter(**{f"{lookup}__in": pupils}).order_by()
    if model is Guardian:
        rows = rows.filter(position__gt=1)
    if model is Enrolment:
        rows = rows.values(lookup).annotate(periods=Count("id")).filter(periods__gt=1)
    return set(rows.values_list(lookup, flat=True))
