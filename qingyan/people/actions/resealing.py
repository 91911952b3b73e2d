"""Sealed text is bound to its school: when a pupil's rows move to another, each is opened there and sealed again here.

Which tables have such text is read from the models, so that a new table cannot be forgotten (its test demands a key to
the pupil). Between collect and apply the rows have moved.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, models

from qingyan.foundation.crypto.fields import BlindIndex, SealedText
from qingyan.foundation.crypto.sealing import index_for, seal_for
from qingyan.people.queries.hanging import of_pupils


@dataclass(frozen=True)
class SealedRow:
    """The opened texts of one row, by field."""

    model: type[models.Model]
    key: UUID
    texts: dict[str, str | None] = field(repr=False)


def sealed_fields(model: type[models.Model]) -> list[SealedText]:
    """The fields sealed with the school's key."""
    return [one for one in model._meta.concrete_fields if isinstance(one, SealedText) and one.school is not None]


def collect(student_id: UUID) -> list[SealedRow]:
    """Open all sealed text of a pupil. The scope of the pupil's school with all sight is entered."""
    found = []
    for model, lookup in of_pupils():
        names = [one.name for one in sealed_fields(model)]
        rows = model._default_manager.filter(**{lookup: student_id}) if names else ()
        found += [SealedRow(model, row.pk, {name: getattr(row, name) for name in names}) for row in rows]
    return found


def apply(rows: list[SealedRow], *, pair: UUID, student_id: UUID, school_id: int) -> None:
    """Seal them for this school, whose scope with all sight is entered; the pupil is moved, the transfer
    `pair` still open. By the owner's function: histories are append-only for the app.
    """
    for row in rows:
        values: dict[str, bytes | None] = {
            name: seal_for(row.model, name, row.key, school_id, text) for name, text in row.texts.items()
        }
        for one in row.model._meta.concrete_fields:
            if isinstance(one, BlindIndex) and one.source in row.texts:
                values[one.name] = index_for(row.model, one.name, school_id, row.texts[one.source])
        columns = [row.model._meta.get_field(name).column for name in values]
        arguments = [pair, student_id, row.model._meta.db_table, row.key, columns, list(values.values())]
        with connection.cursor() as cursor:
            cursor.execute("SELECT moving.reseal(%s, %s, %s::regclass, %s, %s, %s::bytea[])", arguments)
