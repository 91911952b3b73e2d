"""Many new rows at once, as one JSON text a statement, so that row-level security still looks at each row.

COPY into a table with row-level security is refused by PostgreSQL, and the app may not make temporary tables. Values
are those that save() would write: pre_save runs, so sealed fields are sealed and blind indexes made. Signals and
validation do not run, as in bulk_create, which takes several times as long for rows with arrays.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from django.db import connection, models

ROWS_A_STATEMENT = 2000
Prepare = Callable[[Any], Any]


def insert(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    """Write these new instances of one model in the open transaction; returns how many.

    Keys must be set (UUIDs). Raises what the INSERT raises (IntegrityError, row-level security).
    """
    fields = list(model._meta.concrete_fields)
    statement = _statement(model, fields)
    made = [(field.column, field.pre_save, _preparing(field)) for field in fields]
    written, waiting = 0, iter(rows)
    with connection.cursor() as cursor:
        for batch in _batches(waiting):
            values = [{column: _value(read(row, True), prepare) for column, read, prepare in made} for row in batch]
            cursor.execute(statement, [msgspec.json.encode(values).decode()])
            written += cursor.rowcount
    return written


def _statement(model: type[models.Model], fields: list[models.Field]) -> str:
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


def _batches(rows: Iterator[models.Model]) -> Iterator[list[models.Model]]:
    while batch := list(islice(rows, ROWS_A_STATEMENT)):
        yield batch


def _value(value: Any, prepare: Prepare | None) -> Any:
    return value if value is None or prepare is None else prepare(value)


def _preparing(field: models.Field) -> Prepare | None:
    """How JSON carries the values of this field; None: as they are."""
    return _bytes if field.get_internal_type() == "BinaryField" else None


def _bytes(value: bytes) -> str:
    return "\\x" + bytes(value).hex()
