"""Whether somebody is at another school of the city: exact keyed hashes in, opaque tokens out (ADR 0011).

The database answers, counts and bounds (counting.elsewhere); nothing here sees another school's row.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from qingyan.foundation.crypto.api import index_for
from qingyan.people.models import Student
from qingyan.people.rules.city_identity import city_identity

AT_ONCE = 2000


class NotAnswered(Exception):
    """This school has asked too much for one day."""


def mark_of(id_number: str, student_number: str) -> bytes | None:
    """The city-wide hash of a person, or None without a number."""
    return index_for(Student, "city_index", None, city_identity(id_number, student_number))


def tokens(marks: Collection[bytes]) -> dict[bytes, UUID]:
    """Which of these are at another school, each with its token. Raises NotAnswered. A school's scope is entered."""
    wanted, found = sorted(set(marks)), {}
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            cursor.execute("SELECT mark, token FROM counting.elsewhere(%s::bytea[])", [part])
            for mark, token in cursor.fetchall():
                if mark is None:
                    raise NotAnswered
                found[bytes(mark)] = token
    return found


def school_behind(token: UUID) -> int | None:
    """Where a request has to go; None when the token is old, another school's, or the pupil has gone. Never shown."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT counting.school_behind(%s)", [token])
        (school_id,) = cursor.fetchone()
    return school_id
