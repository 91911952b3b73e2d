"""Seals and opens one value of one model field: binds it to table, column, row and school.

Neighbours: `envelope` makes the bytes, `keyring` finds the keys, `fields` does this for Django models on save and load.
Renaming a table or a column that holds sealed values makes them unreadable: re-seal them in the same migration.
"""

import base64
from collections.abc import Callable
from uuid import UUID

from django.db import models

from qingyan.foundation.crypto import blind, envelope, keyring


class Sealed(bytes):
    """A sealed value as stored. Shows nothing of itself."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


def seal_for(model: type[models.Model], name: str, pk: UUID, school_id: int | None, value: str | None) -> Sealed | None:
    """The bytea for column `name` of the row `pk`, for raw SQL, `update()` and `bulk_update()`; None stays NULL."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{model.__name__}.{name} seals text, not {type(value).__name__}")
    field = model._meta.get_field(name)
    aad = _aad(model, field, pk, school_id)
    return Sealed(envelope.seal(keyring.sealing_key(school_id), value.encode(), aad, padded=field.padded))


def sealer(model: type[models.Model], name: str, school_id: int | None) -> Callable[[UUID, str | None], Sealed | None]:
    """seal_for for thousands of rows of one column and school: what does not change from row to row is made once.

    Use it within one transaction, for it holds the key that seals now.
    """
    field = model._meta.get_field(name)
    key, padded = keyring.sealing_key(school_id), field.padded
    place = envelope.place_of_rows(model._meta.db_table, field.column, school_id)

    def seal(pk: UUID, value: str | None) -> Sealed | None:
        return None if value is None else Sealed(envelope.seal(key, value.encode(), place(str(pk)), padded=padded))

    return seal


def open_for(
    model: type[models.Model], name: str, pk: UUID, school_id: int | None, stored: bytes | memoryview | None
) -> str | None:
    """The text of a stored value. Raises Tampered if it was not sealed for exactly this row, column and school."""
    if stored is None:
        return None
    sealed = bytes(stored)
    key = keyring.key(envelope.key_id_of(sealed))
    return envelope.open_(key, sealed, _aad(model, model._meta.get_field(name), pk, school_id)).decode()


def index_for(model: type[models.Model], name: str, school_id: int | None, value: str | None) -> bytes | None:
    """The blind index (32 bytes) to look up or store in column `name`; None and empty text have none."""
    if value is None or not blind.normalised(value):
        return None
    field = model._meta.get_field(name)
    secret = keyring.blind_secret(None if field.city_wide else school_id)
    return blind.blind_index(secret, model._meta.db_table, field.column, value)


def indexer(model: type[models.Model], name: str, school_id: int | None) -> Callable[[str | None], bytes | None]:
    """index_for for thousands of values of one column and school."""
    field = model._meta.get_field(name)
    secret = keyring.blind_secret(None if field.city_wide else school_id)
    index = blind.indexer(secret, model._meta.db_table, field.column)
    return lambda value: index(value) if value and blind.normalised(value) else None


def seal_text(place: tuple[str, str], text: str) -> str:
    """An envelope as text, for a package's own table that keeps text: bound to (table, column), with the city's key."""
    aad = envelope.associated_data(*place, "", None)
    return base64.b64encode(envelope.seal(keyring.sealing_key(None), text.encode(), aad)).decode()


def open_text(place: tuple[str, str], stored: str) -> str:
    """The text of seal_text. Raises Unreadable when it was changed or stands in another place."""
    try:
        sealed = base64.b64decode(stored, validate=True)
    except ValueError:  # not ASCII, or not base64
        raise envelope.Tampered(f"{place[0]}.{place[1]} holds something that was never sealed") from None
    key = keyring.key(envelope.key_id_of(sealed))
    return envelope.open_(key, sealed, envelope.associated_data(*place, "", None)).decode()


def _aad(model: type[models.Model], field: models.Field, pk: UUID, school_id: int | None) -> bytes:
    row = model._meta.pk.to_python(pk)
    if row is None:
        raise ValueError(f"{model.__name__}.{field.name} is bound to its row: give the row its id before sealing")
    return envelope.associated_data(model._meta.db_table, field.column, str(row), school_id)
