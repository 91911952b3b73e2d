"""In which order a pupil sees the items of a sheet. Pure.

A shuffled order comes from the sitting's id alone: the same on every machine and after every reload, another one for
the neighbour. What travels and what is stored stays in item order.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

FIXED, SHUFFLED = "fixed", "shuffled"
Item = TypeVar("Item")


def presented(items: Sequence[Item], *, sitting: UUID, order: str) -> list[Item]:
    """The items as the pupil sees them. Raises ValueError for an order that nobody knows."""
    return [items[place] for place in places(len(items), sitting=sitting, order=order)]


def places(count: int, *, sitting: UUID, order: str) -> list[int]:
    """The places 0…count-1 in the order shown.

    Sorted by SHA-256 of sitting and place: unlike a seeded generator it stays the same in every version of Python.
    """
    if order == FIXED:
        return list(range(count))
    if order != SHUFFLED:
        raise ValueError(f"no order of items: {order!r}")
    return sorted(range(count), key=lambda place: hashlib.sha256(b"%b %d" % (sitting.bytes, place)).digest())
