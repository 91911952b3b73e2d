"""The permission engine: each domain's policy.py fills one table; views and actions ask here. Deny by default."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.predicates import NOTHING, Predicate


class NotVisible(Exception):
    """The actor may not do this, or the row does not exist for them: shown as 404, never as 403."""


@dataclass(frozen=True)
class Permission:
    """A thing that can be allowed; `code` is stable ("alerts.read"), `title` is for people."""

    code: str
    title: str


Table = dict[Permission, list[list[Predicate]]]
_tables: dict[str, list[list[Predicate]]] = {}
_permissions: dict[str, Permission] = {}


def register(table: Table) -> Table:
    """Add a domain's table. Any inner list must hold as a whole; one inner list is enough.

    Raises ValueError when a code is registered twice.
    """
    for permission, alternatives in table.items():
        if permission.code in _tables:
            raise ValueError(f"permission {permission.code} is registered twice")
        _tables[permission.code] = alternatives
        _permissions[permission.code] = permission
    return table


def registered() -> dict[Permission, list[list[Predicate]]]:
    """All permissions with their alternatives, for the generated matrix."""
    return {_permissions[code]: alternatives for code, alternatives in sorted(_tables.items())}


def allowed(actor: Actor, permission: Permission, row: Any = None) -> bool:
    """Whether the actor may do this to the row (None: to any row at all)."""
    return any(
        all(predicate.allows(actor, row) for predicate in alternative)
        for alternative in _tables.get(permission.code, [])
    )


def require(actor: Actor, permission: Permission, row: Any = None) -> None:
    """Raise NotVisible unless the actor may do this to the row."""
    if not allowed(actor, permission, row):
        raise NotVisible(permission.code)


def permitted_rows(actor: Actor, permission: Permission) -> Q:
    """The filter that keeps exactly the rows for which `allowed` says yes."""
    whole = NOTHING
    for alternative in _tables.get(permission.code, []):
        part = Q()
        for predicate in alternative:
            part &= predicate.rows(actor)
        whole |= part
    return whole
