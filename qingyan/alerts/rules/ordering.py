"""In which order alerts are offered: by need and waiting time, and what of it counsellors can carry. Pure.

Each sign counts as so many hours of waiting (library/ordering). So the order of two alerts never changes by the mere
passing of time, and the database can keep it as one moment: `place_at`, earlier first. Nothing here lowers an alert.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from qingyan.alerts.rules.judging import UnfitPack
from qingyan.alerts.rules.pack import MOST_URGENT_FIRST, Code, Level, Strict, Text

SignCode = Literal["asked", "worse", "reported", "seen", "candidate", "several"]
SIGN_CODES: tuple[SignCode, ...] = ("asked", "worse", "reported", "seen", "candidate", "several")
WEEK = timedelta(days=7)


class SignWeight(Strict):
    """As how many hours of waiting a sign counts, and what it says."""

    hours: Annotated[int, Field(ge=0, le=8760)]
    words: Text


class Capacity(Strict):
    """What one counsellor who is here can carry."""

    talks_a_day: Annotated[int, Field(ge=1, le=20)]
    days_a_week: Annotated[int, Field(ge=1, le=7)]


class OrderPack(Strict):
    """A versioned pack of weights. `rules` explains the order in words; the queue shows it."""

    code: Code
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    about: Text
    signed_by: Text | None
    levels: dict[Level, Annotated[int, Field(ge=0, le=87600)]]
    signs: dict[SignCode, SignWeight]
    capacity: Capacity
    rules: Annotated[tuple[Text, ...], Field(min_length=1)]

    @property
    def name(self) -> str:
        """Code and version, e.g. "default/1.0"."""
        return f"{self.code}/{self.version}"


class When(StrEnum):
    """When a talk fits in, as things stand now."""

    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of an alert and the figures behind it, e.g. the two scores of a trend."""

    code: SignCode
    detail: str = ""


def check(pack: OrderPack) -> None:
    """Raise UnfitPack when a level or sign has no weight, or red does not lead by more than all signs together."""
    faults = [f"level {level} has no weight" for level in MOST_URGENT_FIRST if level not in pack.levels]
    faults += [f"sign {code} has no weight" for code in SIGN_CODES if code not in pack.signs]
    if not faults and pack.levels["red"] <= pack.levels["orange"] + sum(one.hours for one in pack.signs.values()):
        faults.append("red leads: its weight exceeds orange with every sign")
    if faults:
        raise UnfitPack("\n".join(faults))


def hours(pack: OrderPack, level: Level, signs: Sequence[Sign]) -> int:
    """As how many hours of waiting the level and the signs count; each sign once."""
    return pack.levels[level] + sum(pack.signs[code].hours for code in {one.code for one in signs})


def place_at(pack: OrderPack, level: Level, signs: Sequence[Sign], *, raised_at: datetime) -> datetime:
    """The moment by which the alert is ordered, the earlier first."""
    return raised_at - timedelta(hours=hours(pack, level, signs))


def when(pack: OrderPack, level: Level, *, position: int, counsellors: int) -> When:
    """When a talk fits in: `position` counts from 0 in the queue, `counsellors` are those who are here. Red: today."""
    a_day = pack.capacity.talks_a_day * counsellors
    if level == "red" or position < a_day:
        return When.TODAY
    return When.WEEK if position < a_day * pack.capacity.days_a_week else When.LATER


def signs_from(stored: Sequence[Mapping[str, str]]) -> list[Sign]:
    """Signs as an alert keeps them; a code that this version does not know is left out."""
    return [Sign(one["code"], one.get("detail", "")) for one in stored if one.get("code") in SIGN_CODES]  # type: ignore[arg-type]
