"""Finds, makes and remembers keys: the master key comes from settings, data keys are wrapped in the table DataKey.

Decides: which key seals now, and what may be remembered. Neighbours: `rotation` re-encrypts, `fields` seals.
Unwrapped keys stay in this process only. A key made in a transaction that has not committed is never remembered as the
current one: after a rollback it would seal rows that nobody could ever open.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from qingyan.foundation.access.scope import current
from qingyan.foundation.crypto.envelope import (
    Algorithm,
    Key,
    Unreadable,
    WrongKey,
    associated_data,
    key_id_of,
    open_,
    seal,
)
from qingyan.foundation.crypto.models import DataKey, Purpose
from qingyan.foundation.database.roles import APP, NARROW

CURRENT_FOR_SECONDS = 60.0  # how long other processes may go on sealing with the previous generation
SHORTEST_MASTER = 32


class KeyMissing(Unreadable):
    """The key that sealed a value is not in this database."""


@dataclass(slots=True)
class _Memory:
    keys: dict[UUID, Key] = field(default_factory=dict)
    current: dict[int | None, tuple[Key, float]] = field(default_factory=dict)
    promised: dict[int | None, "_Promise"] = field(default_factory=dict)
    uncommitted: set[UUID] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)


@dataclass(eq=False, slots=True)
class _Promise:
    """A key whose row is not committed. Django lists it with the connection as long as the row may come to be."""

    key: Key

    def __call__(self) -> None:
        _memory.uncommitted.discard(self.key.id)

    @property
    def stands(self) -> bool:
        """Whether this thread's transaction made the row and has not rolled it back, nor a savepoint around it."""
        return any(callback is self for _, callback, *_ in connection.run_on_commit)


_memory = _Memory()


def sealing_key(school_id: int | None) -> Key:
    """The key that seals fields of this school now (None: city-wide); made on first use.

    Remembered for CURRENT_FOR_SECONDS, or within the transaction that made it.
    """
    known = _memory.current.get(school_id)
    if known and known[1] > time.monotonic():
        return known[0]
    promise = _memory.promised.get(school_id)
    if promise and promise.stands:
        return promise.key
    row = _newest(school_id)
    found = _unwrapped(row) if row else add_generation(school_id)
    with _memory.lock:
        if found.id not in _memory.uncommitted:
            _memory.current[school_id] = (found, time.monotonic() + CURRENT_FOR_SECONDS)
    return found


@lru_cache(maxsize=4096)
def blind_secret(school_id: int | None) -> bytes:
    """The secret behind a school's blind indexes (None: city-wide). It does not change when data keys are rotated."""
    return _derived(settings.QINGYAN_INDEX_KEY, f"index {'city' if school_id is None else school_id}", 32)


def key(key_id: UUID) -> Key:
    """The data key with this id, retired or not. KeyMissing if unknown, WrongKey if the master key does not fit."""
    found = _memory.keys.get(key_id)
    if found is None:
        with _as_served():
            row = DataKey.objects.filter(pk=key_id).first()
        if row is None:
            raise KeyMissing(f"no data key {key_id}")
        found = _unwrapped(row)
    return found


def add_generation(school_id: int | None) -> Key:
    """Make the next generation; whoever comes second in a race gets the key of the first.

    Raises KeyMissing when this transaction's snapshot is too old to show the row that won.
    """
    last = _newest(school_id)
    generation = last.generation + 1 if last else 1
    algorithm = Algorithm.named(settings.QINGYAN_CIPHER)
    fresh = Key(uuid4(), algorithm, os.urandom(algorithm.key_length))
    row = DataKey(id=fresh.id, school_id=school_id, generation=generation, algorithm=settings.QINGYAN_CIPHER)
    rewrap(row, fresh, settings.QINGYAN_MASTER_KEY)
    promise = _Promise(fresh)
    with _memory.lock:
        _memory.uncommitted.add(row.id)
        _memory.current.pop(school_id, None)
    DataKey.objects.bulk_create([row], ignore_conflicts=True)
    winner = _newest(school_id)
    if winner is None:
        raise KeyMissing(f"the new data key of school {school_id} cannot be seen")
    found = _unwrapped(winner)
    if found.id == fresh.id:
        _memory.promised[school_id] = promise
    transaction.on_commit(promise)
    return found


def unretired(school_id: int | None) -> list[DataKey]:
    """This school's field keys in use, oldest first: more than one while a rotation is under way."""
    rows = DataKey.objects.filter(school_id=school_id, purpose=Purpose.FIELD, retired_at=None)
    return list(rows.order_by("generation"))


def schools_with_keys() -> list[int | None]:
    """Every school that has a field key; None stands for city-wide rows."""
    found = DataKey.objects.filter(purpose=Purpose.FIELD).values_list("school_id", flat=True).distinct()
    return sorted(found, key=lambda school_id: school_id or 0)


def rewrap(row: DataKey, data_key: Key, master: bytes) -> None:
    """Put the data key, wrapped by this master key, into the row (not saved)."""
    wrapping = master_key(master, data_key.algorithm)
    row.master_id, row.wrapped = wrapping.id, seal(wrapping, data_key.secret, _place_of(row))


def unwrap(row: DataKey, masters: Sequence[bytes]) -> Key:
    """The row's data key. WrongKey if none of the master keys wrapped it, Tampered if the row was changed."""
    algorithm, wrapped = Algorithm.named(row.algorithm), bytes(row.wrapped)
    for master in masters:
        wrapping = master_key(master, algorithm)
        if wrapping.id == key_id_of(wrapped):
            return Key(row.id, algorithm, open_(wrapping, wrapped, _place_of(row)))
    raise WrongKey(f"data key {row.id} was wrapped by another master key")


def master_key(master: bytes, algorithm: Algorithm) -> Key:
    """The wrapping key and its public id, both derived from the master secret (at least 32 bytes)."""
    if len(master) < SHORTEST_MASTER:
        raise ImproperlyConfigured(f"QINGYAN_MASTER_KEY must have at least {SHORTEST_MASTER} bytes")
    master_id = UUID(bytes=_derived(master, "master id", 16))
    return Key(master_id, algorithm, _derived(master, f"master {algorithm.name}", algorithm.key_length))


def forget() -> None:
    """Drop all remembered keys: after a restore, and between tests."""
    with _memory.lock:
        _memory.keys.clear()
        _memory.current.clear()
        _memory.promised.clear()
    blind_secret.cache_clear()


def _newest(school_id: int | None) -> DataKey | None:
    with _as_served():
        return DataKey.objects.filter(school_id=school_id, purpose=Purpose.FIELD).order_by("-generation").first()


@contextmanager
def _as_served() -> Iterator[None]:
    """Wrapped keys are read as the serving role: the narrow role of pupils and homeroom teachers has no right to them.

    A homeroom teacher's request seals and opens words too, in a process that may not have met the school's key yet.
    """
    scope = current()
    if scope is None or scope.values()[-1] != NARROW:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [APP])
        try:
            yield
        finally:
            cursor.execute("SELECT set_config('role', %s, true)", [NARROW])


def _unwrapped(row: DataKey) -> Key:
    found = unwrap(row, (settings.QINGYAN_MASTER_KEY, *getattr(settings, "QINGYAN_PREVIOUS_MASTER_KEYS", ())))
    _memory.keys[row.id] = found
    return found


def _place_of(row: DataKey) -> bytes:
    return associated_data(DataKey._meta.db_table, f"{row.purpose}:{row.algorithm}", str(row.id), row.school_id)


def _derived(master: bytes, what: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"qingyan {what}".encode()).derive(master)
