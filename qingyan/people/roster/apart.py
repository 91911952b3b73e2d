"""Rows whose pupil is at another school of the city: set apart from new ones, with the token to ask by. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import msgspec

from qingyan.people.roster.planning import ClassKey, Fate, Step

LOOKED_FOR = frozenset({Fate.NEW, Fate.DUPLICATE})  # nobody here has the number


def set_apart(steps: Iterable[Step], tokens: Mapping[int, UUID]) -> list[Step]:
    """The steps with these lines asked for elsewhere; a number that another school has is no namesake's here."""
    return [
        msgspec.structs.replace(one, fate=Fate.ELSEWHERE, token=tokens[one.row.line], candidates=())
        if one.fate in LOOKED_FOR and one.row.line in tokens
        else one
        for one in steps
    ]


def as_kept(fresh: Iterable[Step], kept: Iterable[Step]) -> list[Step]:
    """Fresh steps set apart as the kept ones are, to compare both; whether it still holds the token says."""
    return set_apart(fresh, {one.row.line: one.token for one in kept if one.fate is Fate.ELSEWHERE and one.token})


def parted(steps: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    """(written here, asked for elsewhere)."""
    apart = [one for one in steps if one.fate is Fate.ELSEWHERE]
    return [one for one in steps if one.fate is not Fate.ELSEWHERE], apart


def places_of(steps: Iterable[Step]) -> set[ClassKey]:
    """The classes that are needed here."""
    return {one.place for one in steps if one.fate is not Fate.ELSEWHERE}
