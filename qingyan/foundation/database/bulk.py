"""Many new or changed rows at once, as one JSON text a statement, so that row-level security still looks at each row.

COPY into a table with row-level security is refused by PostgreSQL, and the app may not make temporary tables. Values
are those that save() would write: pre_save runs, so sealed fields are sealed and blind indexes made. Signals and
validation do not run, as in bulk_create, which takes several times as long for rows with arrays.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from django.db import connection, models

ROWS_A_STATEMENT = 2000
BATCHES_AHEAD = 4  # of statements that wait in memory; more only costs memory
Prepare = Callable[[Any], Any]


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Write these new instances of one model in the open transaction; returns how many.

    Keys must be set (UUIDs). Raises what the INSERT raises (IntegrityError, row-level security).
    """
    fields = list(model._meta.concrete_fields)
    return _write(_insertion(model, fields), fields, rows, add=True)


def update(model: type[models.Model], rows: Iterable[models.Model], *, names: Sequence[str]) -> int:
    """Write these fields of existing instances back in the open transaction; returns how many rows were there.

    Name a blind index beside its sealed field. Raises what the UPDATE raises.
    """
    fields = [model._meta.get_field(name) for name in names]
    return _write(_updating(model, fields), [model._meta.pk, *fields], rows, add=False)


def insert_values(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows given as values in the order of `names`, sealed already (seal_for, index_for); returns how many.

    Several times as fast as instances when there are a hundred thousand. Every column without a default must be named.
    Raises TypeError for a text where a sealed value or a hash belongs: nothing gets in unsealed.
    """
    fields = [model._meta.get_field(name) for name in names]
    columns = [field.column for field in fields]
    how = [_checking(field) for field in fields]
    read = (
        {
            column: one if prepare is None or one is None else prepare(one)
            for column, prepare, one in zip(columns, how, row, strict=True)
        }
        for row in rows
    )
    return _send(_insertion(model, fields), read)


def delete(model: type[models.Model], keys: Sequence[Any]) -> int:
    """Remove the rows with these keys and nothing that hangs on them; returns how many were there.

    Raises IntegrityError, at once or at the commit, when something hangs on one.
    """
    name = connection.ops.quote_name
    table, key = name(model._meta.db_table), name(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {key} = ANY(%s)", [list(keys)])
        return int(cursor.rowcount)


def _write(statement: str, fields: Sequence[models.Field], rows: Iterable[models.Model], *, add: bool) -> int:
    made = [(field.column, field.pre_save, _preparing(field)) for field in fields]
    read = ({column: _value(get(row, add), how) for column, get, how in made} for row in rows)
    return _send(statement, read)


def _send(statement: str, rows: Iterator[dict[str, Any]]) -> int:
    """All batches in one pipeline: the server writes one while the next is sealed. Errors come at the end of it."""
    sent = []
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline() as pipeline:
        while batch := list(islice(rows, ROWS_A_STATEMENT)):
            cursor = connection.cursor()
            cursor.execute(statement, [msgspec.json.encode(batch).decode()])
            sent.append(cursor)
            if len(sent) % BATCHES_AHEAD == 0:
                pipeline.sync()
    written: int = sum(cursor.rowcount for cursor in sent)
    for cursor in sent:
        cursor.close()
    return written


def _updating(model: type[models.Model], fields: Sequence[models.Field]) -> str:
    name, key = connection.ops.quote_name, model._meta.pk
    types = ", ".join(f"{name(field.column)} {_type(field)}" for field in (key, *fields))
    changes = ", ".join(f"{name(field.column)} = given.{name(field.column)}" for field in fields)
    return (
        f"UPDATE {name(model._meta.db_table)} AS there SET {changes} "
        f"FROM json_to_recordset(%s::json) AS given({types}) WHERE there.{name(key.column)} = given.{name(key.column)}"
    )


def _insertion(model: type[models.Model], fields: Sequence[models.Field]) -> str:
    name = connection.ops.quote_name
    columns = ", ".join(name(field.column) for field in fields)
    types = ", ".join(f"{name(field.column)} {_type(field)}" for field in fields)
    return (
        f"INSERT INTO {name(model._meta.db_table)} ({columns}) "
        f"SELECT {columns} FROM json_to_recordset(%s::json) AS given({types})"
    )


def _type(field: models.Field) -> str:
    """The column's type; of a foreign key, that of the key it points to."""
    found: str = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    return found


def _value(value: Any, prepare: Prepare | None) -> Any:
    return value if value is None or prepare is None else prepare(value)


def _preparing(field: models.Field) -> Prepare | None:
    """How JSON carries the values of this field; None: as they are."""
    return _bytes if field.get_internal_type() == "BinaryField" else None


def _checking(field: models.Field) -> Prepare | None:
    """As _preparing, for values from outside: a sealed column takes sealed bytes, an index hashes, and nothing else."""
    if _preparing(field) is None:
        return None
    return lambda value: _bytes(_unwrapped(field.get_db_prep_value(value, connection)))


def _unwrapped(prepared: Any) -> bytes:
    """Django wraps the bytes of a plain binary column for the driver."""
    found: bytes = getattr(prepared, "obj", prepared)
    return found


def _bytes(value: bytes) -> str:
    return "\\x" + bytes(value).hex()
