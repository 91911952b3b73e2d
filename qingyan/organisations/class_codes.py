"""Classes of a school year, opened with a code each. Called by actions that enrol pupils, which permit and record."""

import secrets
from collections.abc import Collection

from qingyan.organisations.models import SchoolClass, SchoolYear

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, 1, I and L: a child types it from a blackboard
CODE_LENGTH = 6


def ensure_classes(school_id: int, year: SchoolYear, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The id of each class (grade, number) of the year; those that do not exist yet are opened with a new code."""
    known = _classes(school_id, year)
    missing = sorted(set(keys) - set(known))
    codes = _fresh_codes(len(missing))
    SchoolClass.objects.bulk_create(
        SchoolClass(school_id=school_id, school_year=year, grade=grade, number=number, code=code)
        for (grade, number), code in zip(missing, codes, strict=True)
    )
    return _classes(school_id, year)


def _classes(school_id: int, year: SchoolYear) -> dict[tuple[int, int], int]:
    rows = SchoolClass.objects.filter(school_id=school_id, school_year=year)
    return {(one.grade, one.number): one.id for one in rows}


def _fresh_codes(count: int) -> list[str]:
    """Codes that no class of any school has."""
    codes: set[str] = set()
    while len(codes) < count:
        tried = {"".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)) for _ in range(count - len(codes))}
        codes |= tried - set(SchoolClass.objects.filter(code__in=tried).values_list("code", flat=True))
    return list(codes)
