"""Replaces keys: seals every field again with a fresh data key, or wraps the data keys with a new master key.

Safe to stop at any moment and run again: a school with two unretired keys is half-way, and goes on with the newer one.
Decides: which rows, in which order, when an old key is retired. Does not: enter scopes itself (the caller passes how).
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

from qingyan.foundation.access.scoping import SchoolScope
from qingyan.foundation.crypto import envelope, keyring
from qingyan.foundation.crypto.fields import SealedText
from qingyan.foundation.crypto.models import DataKey
from qingyan.foundation.crypto.sealing import open_for, seal_for

EnteredSchool = Callable[[int | None], AbstractContextManager[Any]]
FIRST = UUID(int=0)
KEY_OF = f"substring({{}} FROM {envelope.KEY_ID_OFFSET + 1} FOR 16)"


@dataclass(frozen=True)
class Progress:
    """One step: `resealed` rows of `table` so far in this run, or (table empty) the school is finished."""

    school_id: int | None
    table: str = ""
    resealed: int = 0
    retired_keys: int = 0

    @property
    def finished(self) -> bool:
        """Whether this is the last step of the school."""
        return not self.table


@dataclass(frozen=True)
class SealedTable:
    """A model with sealed fields that share one school attribute, and how SQL names its parts."""

    model: type[models.Model]
    fields: tuple[SealedText, ...]

    @property
    def name(self) -> str:
        """Quoted name of the table."""
        return _quoted(self.model._meta.db_table)

    @property
    def pk(self) -> str:
        """Quoted primary key column."""
        return _quoted(self.model._meta.pk.column)

    @property
    def columns(self) -> list[str]:
        """Quoted columns of the sealed fields."""
        return [_quoted(field.column) for field in self.fields]

    @property
    def append_only(self) -> models.Field | None:
        """The key to the pupil, where the app may only add rows: such a history is sealed again by the owner."""
        scope = getattr(self.model, "scope", None)
        if not isinstance(scope, SchoolScope) or scope.student is None or "UPDATE" in scope.writes:
            return None
        return next(field for field in self.model._meta.concrete_fields if field.column == scope.student)

    def in_school(self, school_id: int | None) -> str | None:
        """SQL condition for one school's rows, school id as one parameter; None if this table has no such rows."""
        school = self.fields[0].school
        if school_id is None and self.append_only is not None:
            return None  # the history of a pupil always has a school
        if school is None:
            return "%s::bigint IS NULL" if school_id is None else None
        column = next(field.column for field in self.model._meta.fields if field.attname == school)
        return f"{_quoted(column)} IS NOT DISTINCT FROM %s" if school_id is None else f"{_quoted(column)} = %s"


def sealed_tables(candidates: list[type[models.Model]] | None = None) -> list[SealedTable]:
    """Every table with sealed fields, among all installed models unless candidates are given."""
    found = []
    for model in apps.get_models() if candidates is None else candidates:
        sealed = [field for field in model._meta.local_fields if isinstance(field, SealedText)]
        for school in sorted({field.school for field in sealed}, key=str):
            found.append(SealedTable(model, tuple(field for field in sealed if field.school == school)))
    return found


def rotate(
    *,
    entered_school: EnteredSchool,
    now: datetime,
    tables: list[SealedTable] | None = None,
    batch: int = 500,
    owner: str = "owner",
) -> Iterator[Progress]:
    """Give each school a fresh key and seal its rows with it, `batch` rows a transaction.

    `entered_school(school_id)` enters a scope that sees and may update the school's rows; it is called inside a
    transaction. `owner` is the database alias that may mark keys as retired.
    """
    for school_id in keyring.schools_with_keys():
        keys = keyring.unretired(school_id)
        target = keys[-1].id if len(keys) > 1 else keyring.add_generation(school_id).id
        used: set[UUID] = set()
        for table in sealed_tables() if tables is None else tables:
            enter = partial(_entered, table, school_id, entered_school, owner)
            yield from _reseal(table, school_id, target, enter, batch)
            used |= _keys_in_use(table, school_id, enter)
        retired = _retire(school_id, used | {target}, now, owner)
        yield Progress(school_id, retired_keys=retired)


def rewrap_master(*, old: bytes, new: bytes, owner: str = "owner") -> int:
    """Wrap all data keys with the new master key; returns how many changed. Rows already wrapped by it are left alone.

    Raises WrongKey, changing nothing, if a key was wrapped by neither. Afterwards put the new key into the settings.
    """
    with transaction.atomic(using=owner):
        rows = DataKey.objects.using(owner).select_for_update().order_by("pk")
        changed = [row for row in rows if row.master_id != keyring.master_key(new, _algorithm(row)).id]
        for row in changed:
            keyring.rewrap(row, keyring.unwrap(row, (old,)), new)
            row.save(using=owner, update_fields=["master_id", "wrapped"])
    return len(changed)


def _reseal(
    table: SealedTable,
    school_id: int | None,
    target: UUID,
    enter: Callable[[], AbstractContextManager[str]],
    batch: int,
) -> Iterator[Progress]:
    last, resealed = FIRST, 0
    while table.in_school(school_id) is not None:
        with enter() as alias:
            rows = _stale_rows(table, school_id, target, last, batch, alias)
            _write(table, [_fresh(table, school_id, row) for row in rows], alias)
        if not rows:
            return
        last, resealed = rows[-1][0], resealed + len(rows)
        yield Progress(school_id, table.model._meta.label, resealed)


@contextmanager
def _entered(table: SealedTable, school_id: int | None, entered_school: EnteredSchool, owner: str) -> Iterator[str]:
    """A transaction that sees the table's rows of this school and may write their text; its database alias.

    Histories are append-only for the app, and some are read by their author alone. The owner reaches the rows of the
    pupils named in qingyan.moving (policy "moving", see protection.py), and is used here for nothing else.
    """
    pupil = table.append_only
    with transaction.atomic(), entered_school(school_id):
        if pupil is None or school_id is None:
            yield DEFAULT_DB_ALIAS
            return
        pupils = pupil.remote_field.model._default_manager.filter(school_id=school_id).values_list("pk", flat=True)
        named = "{" + ",".join(str(one) for one in pupils) + "}"
        with transaction.atomic(using=owner):
            with connections[owner].cursor() as cursor:
                cursor.execute("SELECT set_config('qingyan.moving', %s, true)", [named])
            yield owner


def _stale_rows(
    table: SealedTable, school_id: int | None, target: UUID, last: UUID, batch: int, alias: str
) -> list[tuple]:
    stale = " OR ".join(f"{KEY_OF.format(column)} <> %s" for column in table.columns)
    statement = (
        f"SELECT {table.pk}, {', '.join(table.columns)} FROM {table.name} "
        f"WHERE {table.in_school(school_id)} AND {table.pk} > %s AND ({stale}) ORDER BY {table.pk} LIMIT %s FOR UPDATE"
    )
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [school_id, last, *[target.bytes] * len(table.columns), batch])
        return cursor.fetchall()


def _fresh(table: SealedTable, school_id: int | None, row: tuple) -> tuple:
    pk, *stored = row
    sealed = [
        seal_for(table.model, field.name, pk, school_id, open_for(table.model, field.name, pk, school_id, value))
        for field, value in zip(table.fields, stored, strict=True)
    ]
    return pk, *[None if value is None else bytes(value) for value in sealed]


def _write(table: SealedTable, rows: list[tuple], alias: str) -> None:
    if not rows:
        return
    assigned = ", ".join(f"{column} = fresh.c{place}" for place, column in enumerate(table.columns))
    names = ", ".join(["pk", *(f"c{place}" for place in range(len(table.columns)))])
    arrays = ", ".join(["%s::uuid[]", *["%s::bytea[]"] * len(table.columns)])
    fresh = f"unnest({arrays}) AS fresh({names})"
    statement = f"UPDATE {table.name} SET {assigned} FROM {fresh} WHERE {table.pk} = fresh.pk"
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, [list(values) for values in zip(*rows, strict=True)])
        if cursor.rowcount != len(rows):
            raise RuntimeError(f"{table.model._meta.label}: resealed only {cursor.rowcount} of {len(rows)} rows")


def _keys_in_use(
    table: SealedTable, school_id: int | None, enter: Callable[[], AbstractContextManager[str]]
) -> set[UUID]:
    condition = table.in_school(school_id)
    used: set[UUID] = set()
    if condition is None:
        return used
    with enter() as alias, connections[alias].cursor() as cursor:
        for column in table.columns:
            cursor.execute(f"SELECT DISTINCT {KEY_OF.format(column)} FROM {table.name} WHERE {condition}", [school_id])
            used |= {UUID(bytes=bytes(found)) for (found,) in cursor.fetchall() if found is not None}
    return used


def _retire(school_id: int | None, used: set[UUID], now: datetime, owner: str) -> int:
    """Retired keys are kept: rows in a backup, or written by a process late to see the new key, stay readable."""
    old = [row.id for row in keyring.unretired(school_id) if row.id not in used]
    return DataKey.objects.using(owner).filter(pk__in=old).update(retired_at=now)


def _algorithm(row: DataKey) -> envelope.Algorithm:
    return envelope.Algorithm.named(row.algorithm)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
