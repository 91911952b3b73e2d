"""What is done after an incident: the shape of the list, and what of it is late. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from qingyan.cases.rules.crisis import Choice
from qingyan.cases.rules.pack import Code, Id, Strict, Text, Version


class Ring(Strict):
    """How near people stand to what happened."""

    code: Id
    text: Text
    help: Text


class Item(Strict):
    """One thing to be done, and within how many hours."""

    code: Id
    text: Text
    hours: Annotated[int, Field(ge=1, le=2000)]


class PostventionPack(Strict):
    """The versioned file."""

    code: Code
    version: Version
    title: Text
    about: Text
    signed_by: Text | None
    kinds: Annotated[tuple[Choice, ...], Field(min_length=1)]
    rings: Annotated[tuple[Ring, ...], Field(min_length=3, max_length=3)]
    checklist: Annotated[tuple[Item, ...], Field(min_length=1)]


def late(pack: PostventionPack, *, begun: datetime, done: Collection[str], now: datetime) -> list[str]:
    """Codes of what should have been done by now and is not."""
    return [one.code for one in pack.checklist if one.code not in done and now > begun + timedelta(hours=one.hours)]
