"""Two files of one pupil: who may be doubled, how two files compare, and which rows of one can move to the other.

Everything that hangs on a pupil is read from the models, so that a later domain's rows move, too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.people.models import Merge, PupilSession, Slip, Student
from qingyan.people.models.student import StudentState
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries.hanging import of_pupils

STAYING = (Student, Slip, PupilSession)  # the file itself, and keys to a door that is shut
RENUMBERED = {"people_guardian": "position"}  # a rank, given anew; no reason to stay
# What an administrator sees counted; how many alerts or entries there are is not for that page.
LABELS = {
    "people_enrolment": _("就读经历"),
    "people_guardian": _("监护人"),
    "people_schoolingstep": _("学籍变动"),
    "screening_sitting": _("作答"),
}


@dataclass
class Movable:
    """The rows of a file by table: those that can go, and those that stay because the other file has the same."""

    going: dict[str, list[UUID]] = field(default_factory=dict)
    staying: dict[str, list[UUID]] = field(default_factory=dict)


def doubled(actor: Actor) -> list[list[Student]]:
    """Groups of files of the actor's school with the same name, birthday and sex."""
    here = _here(actor).exclude(state=StudentState.MERGED)
    same = here.filter(birth_date__isnull=False).values("name", "birth_date", "sex")
    groups = same.annotate(count=Count("id")).filter(count__gt=1).order_by("name", "birth_date")
    keys = [(one["name"], one["birth_date"], one["sex"]) for one in groups]
    rows = here.filter(name__in={key[0] for key in keys}).select_related("school_class").order_by("created_at", "id")
    found: dict[tuple, list[Student]] = {key: [] for key in keys}
    for row in rows:
        if (key := (row.name, row.birth_date, row.sex)) in found:
            found[key].append(row)
    return list(found.values())


def file_to_merge(actor: Actor, student_id: UUID) -> Student | None:
    """One file of the actor's school that has not been merged away."""
    rows = _here(actor).exclude(state=StudentState.MERGED).select_related("school_class")
    return rows.filter(id=student_id).first()


def merges(actor: Actor) -> "QuerySet[Merge]":
    """The log, the newest first."""
    return Merge.objects.filter(school_id=actor.school_id).select_related("by").order_by("-done_at")


def merge(actor: Actor, merge_id: UUID) -> Merge | None:
    """One line of the log of the actor's school, or None."""
    return merges(actor).filter(id=merge_id).first()


def names(actor: Actor, ids: list[UUID]) -> dict[UUID, Student]:
    """Files of the actor's school by id."""
    return {one.id: one for one in _here(actor).filter(id__in=ids)}


def tables() -> Iterator[tuple[type[models.Model], str]]:
    """The tables whose rows a merge hands on."""
    return ((model, lookup) for model, lookup in of_pupils() if model not in STAYING)


def movable(survivor: UUID, other: UUID) -> Movable:
    """What of `other` can go to `survivor`. The school's scope with all sight is entered.

    A row stays when the survivor has the same (one sitting a campaign); with it stays what hangs on it, and the entry
    in the file that speaks of it.
    """
    keys: dict[type[models.Model], set[Any]] = {}
    stay: dict[type[models.Model], set[Any]] = {}
    for model, lookup in tables():
        keys[model] = set(model._default_manager.filter(**{lookup: other}).values_list("pk", flat=True))
        stay[model] = _clashing(model, lookup, survivor, other)
    while _spread(keys, stay):
        pass
    found = Movable()
    for model, every in keys.items():
        name = model._meta.db_table
        found.going[name] = sorted(every - stay[model])
        found.staying[name] = sorted(every & stay[model])
    return found


def _clashing(model: type[models.Model], lookup: str, survivor: UUID, other: UUID) -> set[Any]:
    """Rows of `other` that a rule "once a pupil" would not let stand beside those of `survivor`."""
    clashing: set[Any] = set()
    for rule in model._meta.constraints:
        names = [model._meta.get_field(name).attname for name in getattr(rule, "fields", ())]
        rest = [name for name in names if name != lookup and name != RENUMBERED.get(model._meta.db_table)]
        if not isinstance(rule, models.UniqueConstraint) or lookup not in names or not rest:
            continue
        rows = model._default_manager.filter(rule.condition or models.Q())
        there = set(rows.filter(**{lookup: survivor}).values_list(*rest))
        mine = rows.filter(**{lookup: other}).values_list("pk", *rest)
        clashing |= {pk for pk, *values in mine if tuple(values) in there}
    return clashing


def _spread(keys: dict[type[models.Model], set[Any]], stay: dict[type[models.Model], set[Any]]) -> bool:
    """What hangs on a row that stays, stays. True while more was found."""
    sources = set().union(*stay.values())
    grown = False
    for model, every in keys.items():
        more: set[Any] = set()
        for one in model._meta.concrete_fields:
            parent = stay.get(getattr(one.remote_field, "model", None))  # type: ignore[arg-type]
            wanted = parent or (sources if one.name == "source" else None)
            if wanted:
                rows = model._default_manager.filter(pk__in=every, **{f"{one.attname}__in": list(wanted)})
                more |= set(rows.values_list("pk", flat=True))
        grown = grown or not more <= stay[model]
        stay[model] |= more
    return grown


def _here(actor: Actor) -> "QuerySet[Student]":
    return Student.objects.filter(permitted_rows(actor, MANAGE_FILES))


@dataclass(frozen=True)
class ComparedRow:
    """One line of two files side by side."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.first != self.second


def compared(first: Student, second: Student) -> list[ComparedRow]:
    """Identity and counts of two files, line by line. The school's scope with all sight is entered.

    Numbers are told as there or not; the end of one is enough to compare them by eye.
    """
    lines = [ComparedRow(str(label), tell(first), tell(second)) for label, tell in FIELDS]
    for model, lookup in tables():
        if (name := model._meta.db_table) in LABELS:
            counts = (model._default_manager.filter(**{lookup: one.id}).count() for one in (first, second))
            lines.append(ComparedRow(str(LABELS[name]), *(str(count) for count in counts)))
    return lines


def clashing_sittings(survivor: UUID, other: UUID) -> int:
    """How many sittings of the other file stay behind, because the survivor has one of the same campaign."""
    return len(movable(survivor, other).staying.get("screening_sitting", []))


def _ending(number: str | None) -> str:
    return f"…{number[-4:]}" if number else "—"


FIELDS: tuple[tuple[Any, Callable[[Student], str]], ...] = (
    (_("姓名"), lambda one: one.name),
    (_("性别"), lambda one: str(one.get_sex_display())),
    (_("出生日期"), lambda one: f"{one.birth_date:%Y-%m-%d}" if one.birth_date else "—"),
    (_("民族"), lambda one: one.ethnicity or "—"),
    (_("学籍号"), lambda one: _ending(one.student_number)),
    (_("身份证件号"), lambda one: _ending(one.id_number)),
    (_("班级"), lambda one: str(one.school_class or "—")),
    (_("状态"), lambda one: str(one.get_state_display())),
)
