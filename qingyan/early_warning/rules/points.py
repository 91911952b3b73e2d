"""Readable points: what is known of a pupil beside the alert, in levels, with the reason for each point. Pure.

The pack is data that a named person signs; its file decides what a sign says and counts. A sign that is not known
counts nothing and says so. Points only ever add: they bring an alert forward, never push one back, and set no level.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from qingyan.early_warning.rules.learning import UNKNOWN, Sign

Evidence = Mapping[str, int]  # sign code -> level, UNKNOWN or 0 …
Text = Annotated[str, Field(min_length=1, max_length=400)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,30}$")]
MOST_HOURS = 240  # what any hint may count as waiting; red leads the queue by far more


class Strict(BaseModel):
    """Unknown keys are faults, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """Where a figure comes from: a publication, in words, or the house, which has published nothing."""

    kind: Literal["house", "published"]
    text: Text | None = None

    @model_validator(mode="after")
    def _says_where(self) -> "Source":
        if (self.kind == "published") != (self.text is not None):
            raise ValueError("a published figure names its source, a house value has none")
        return self


class PointLevel(Strict):
    """One level of a sign and what it counts."""

    words: Text
    points: Annotated[int, Field(ge=0, le=20)]


class PointSign(Strict):
    """One sign. `learned`: the model may learn from it; `queue_counts`: the queue weighs it already."""

    code: Code
    words: Text
    learned: bool
    queue_counts: bool
    source: Source
    levels: Annotated[tuple[PointLevel, ...], Field(min_length=2, max_length=6)]

    @model_validator(mode="after")
    def _starts_at_nothing_and_rises(self) -> "PointSign":
        points = [one.points for one in self.levels]
        if points[0] != 0 or points != sorted(points):
            raise ValueError(f"{self.code}: points start at 0 and never fall from level to level")
        return self


class PointPack(Strict):
    """The versioned file."""

    code: Code
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    about: Text
    hours_a_point: Annotated[int, Field(ge=1, le=48)]
    at_most_hours: Annotated[int, Field(ge=0, le=MOST_HOURS)]
    signs: Annotated[tuple[PointSign, ...], Field(min_length=1)]
    rules: Annotated[tuple[Text, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_nothing_twice(self) -> "PointPack":
        codes = [sign.code for sign in self.signs]
        if len(set(codes)) != len(codes):
            raise ValueError("a sign stands twice")
        return self

    @property
    def name(self) -> str:
        """Code and version, e.g. "points/1.0"."""
        return f"{self.code}/{self.version}"

    def learned(self) -> tuple[Sign, ...]:
        """The signs that the model may learn from, as it wants them."""
        return tuple(
            Sign(sign.code, tuple(level.words for level in sign.levels)) for sign in self.signs if sign.learned
        )


@dataclass(frozen=True)
class PointReason:
    """One sign of a pupil: its words, the words of its level ("" when not known), and what it counts."""

    code: str
    words: str
    level: str
    points: int
    counts: bool


@dataclass(frozen=True)
class Points:
    """All signs with their reasons. `total` is the sum of what counts; `hours` the waiting that it stands for."""

    reasons: tuple[PointReason, ...]
    total: int
    hours: int

    @property
    def moving(self) -> tuple[PointReason, ...]:
        """The reasons that bring the alert forward, the weightiest first."""
        return tuple(sorted((one for one in self.reasons if one.counts and one.points), key=lambda one: -one.points))


def points(pack: PointPack, evidence: Evidence) -> Points:
    """The points of one pupil. Raises ValueError for a sign or level that the pack does not have."""
    unknown = set(evidence) - {sign.code for sign in pack.signs}
    if unknown:
        raise ValueError(f"unknown signs: {', '.join(sorted(unknown))}")
    reasons = tuple(_reason(sign, evidence.get(sign.code, UNKNOWN)) for sign in pack.signs)
    total = sum(one.points for one in reasons if one.counts)
    return Points(reasons, total, min(total * pack.hours_a_point, pack.at_most_hours))


def _reason(sign: PointSign, level: int) -> PointReason:
    if level == UNKNOWN:
        return PointReason(sign.code, sign.words, "", 0, counts=False)
    if not 0 <= level < len(sign.levels):
        raise ValueError(f"{sign.code} has no level {level}")
    found = sign.levels[level]
    return PointReason(sign.code, sign.words, found.words, found.points, counts=not sign.queue_counts)
