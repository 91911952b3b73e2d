"""Predicates with two faces: `allows(actor, row)` for one row, `rows(actor)` for a list. One object, so they agree."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.roles import Role

NOTHING = Q(pk__in=[])
EVERYTHING = ~Q(pk__in=[])  # an empty Q would vanish when joined with OR


@dataclass(frozen=True)
class Predicate:
    """A fact about an actor and a row. With row=None it asks: could there be such a row?"""

    name: str
    allows: Callable[[Actor, Any], bool]
    rows: Callable[[Actor], Q]


def holds(*roles: Role, name: str | None = None) -> Predicate:
    """The actor holds one of these roles at the school of the request, and the row (if any) is of that school."""
    wanted = frozenset(roles)

    def allows(actor: Actor, row: Any) -> bool:
        if not wanted & actor.roles_here:
            return False
        return row is None or getattr(row, "school_id", actor.school_id) == actor.school_id

    def rows(actor: Actor) -> Q:
        return Q(school_id=actor.school_id) if wanted & actor.roles_here else NOTHING

    return Predicate(name or "holds " + " or ".join(sorted(wanted)), allows, rows)


def holds_anywhere(*roles: Role, name: str | None = None) -> Predicate:
    """The actor holds one of these roles at any place; for pages that show no person's data."""
    wanted = frozenset(roles)
    return Predicate(
        name or "holds somewhere " + " or ".join(sorted(wanted)),
        lambda actor, row: bool(wanted & actor.roles),
        lambda actor: EVERYTHING if wanted & actor.roles else NOTHING,
    )


def _own_class(actor: Actor, row: Any) -> bool:
    if row is None:
        return bool(actor.classes_here)
    return row.school_class_id in (actor.classes_here or ())


teaches_the_class = Predicate(
    "teaches the class",
    _own_class,
    lambda actor: Q(school_class_id__in=sorted(actor.classes_here or ())),
)

is_the_pupil = Predicate(
    "is the pupil",
    lambda actor, row: actor.kind is Kind.PUPIL and (row is None or row.student_id == actor.student_id),
    lambda actor: Q(student_id=actor.student_id) if actor.kind is Kind.PUPIL else NOTHING,
)

is_staff = Predicate(
    "is signed-in staff",
    lambda actor, row: actor.kind is Kind.STAFF,
    lambda actor: EVERYTHING if actor.kind is Kind.STAFF else NOTHING,
)
