"""Entering a scope: the settings that row-level policies read, set in one statement and local to the transaction.

Outside a transaction nothing would hold (set_config(…, true) evaporates), so entering there is an error.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.pq import TransactionStatus

from qingyan.foundation.access.actor import Actor, Kind

NAMES = (
    "actor", "kind", "school", "schools", "classes", "student", "students", "overseen", "sight", "purpose", "request",
)  # fmt: skip
WHOLE_ROLE, NARROW_ROLE = "none", "qingyan_narrow"
# The database role comes last: a narrow scope is answered under its own policies (see protection.py).
SET_ALL = (
    "SELECT "
    + ", ".join(f"set_config('qingyan.{name}', %s, true)" for name in NAMES)
    + ", set_config('role', %s, true)"
)

_entered: ContextVar["Scope | None"] = ContextVar("qingyan_scope", default=None)


class OutsideTransaction(RuntimeError):
    """A scope was entered where no transaction is open."""


@dataclass(frozen=True)
class Scope:
    """The values of the settings, as text; empty text means not set."""

    actor: str = ""
    kind: str = ""
    school: str = ""
    schools: str = ""
    classes: str = ""
    student: str = ""
    students: str = ""
    overseen: str = ""
    sight: str = ""
    purpose: str = ""
    request: str = ""

    def values(self) -> tuple[str, ...]:
        """In the order that SET_ALL wants. Outside a school nobody sees a person's row, so nothing is narrower."""
        role = NARROW_ROLE if self.student or self.students or (self.classes and self.school) else WHOLE_ROLE
        return (*(getattr(self, name) for name in NAMES), role)


NOWHERE = Scope()


def scope_of(actor: Actor) -> Scope:
    """The scope that this actor has at the school where they stand."""
    classes = actor.classes_here if actor.school_id is not None else None
    return Scope(
        actor=str(actor.id or ""),
        kind=actor.kind.value,
        school=str(actor.school_id or ""),
        schools=_array(post.school_id for post in actor.posts if post.school_id),
        classes="" if classes is None else _array(classes),
        student=str(actor.student_id or ""),
        overseen=_array(sorted(actor.overseen)) if actor.school_id is None and actor.overseen else "",
        sight=_array(sorted(actor.sight)),
        purpose=actor.purpose,
        request=actor.request_id,
    )


def scope_of_pupils(pupils: Sequence[Scope]) -> Scope:
    """The narrow scope of several pupils of one school whose answers are stored together: their rows, nobody else's.

    Raises ValueError for an empty crowd, for pupils of different schools, and for whoever is no pupil.
    """
    schools = {pupil.school for pupil in pupils}
    if len(schools) != 1 or "" in schools:
        raise ValueError("answers stored together are of pupils of one school")
    if any(not pupil.student or pupil.kind != Kind.PUPIL.value or pupil.classes for pupil in pupils):
        raise ValueError("only pupils' answers are stored together")
    together = _array(sorted({pupil.student for pupil in pupils}))
    return Scope(kind=Kind.PUPIL.value, school=schools.pop(), students=together, sight=pupils[0].sight)


def current() -> Scope | None:
    """The scope of this thread, or None outside any."""
    return _entered.get()


@contextmanager
def entered(actor: Actor, *, using: str = DEFAULT_DB_ALIAS) -> Iterator[Scope]:
    """Enter the actor's scope for the rest of the block. A transaction must be open; scopes may nest.

    Raises OutsideTransaction when none is open.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise OutsideTransaction("A scope holds only inside a transaction: open transaction.atomic() first.")
    scope = scope_of(actor)
    before = _entered.get()
    token = _entered.set(scope)
    _apply(connection, scope)
    try:
        yield scope
    finally:
        _entered.reset(token)
        if connection.in_atomic_block and not connection.needs_rollback and _answers(connection):
            _apply(connection, before or NOWHERE)


def _apply(connection, scope: Scope) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SET_ALL, scope.values())


def _answers(connection) -> bool:
    """Whether the transaction still takes statements; a failed one has lost its settings and shows its own error."""
    raw = connection.connection
    return raw is not None and raw.info.transaction_status is not TransactionStatus.INERROR


def _array(values) -> str:
    return "{" + ",".join(str(value) for value in values) + "}"
