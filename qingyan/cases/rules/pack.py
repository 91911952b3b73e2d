"""The shape of a case pack: levels with their words and deadlines, waits, follow-up, closing criteria. Pure.

The figures are data of library/<code>/<version>.yaml; reading them from disk is queries/packs.py. A level is set by
people only; nothing here proposes one.
"""

from datetime import time
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Version = Annotated[str, Field(pattern=r"^\d+\.\d+$")]
Text = Annotated[str, Field(min_length=1)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Colour = Literal["red", "orange", "yellow", "blue", "green"]
LONGEST_DAYS = 400
FEWEST_LEVELS: Final = 3
MOST_LEVELS: Final = 5


class Strict(BaseModel):
    """Refuses unknown keys and silent conversions."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Span(Strict):
    """How long something may take. School days stand still in weekends and holidays, but never beyond at_most_days."""

    unit: Literal["same_day", "hours", "days", "school_days"]
    n: Annotated[int, Field(ge=0, le=LONGEST_DAYS)] = 0
    at_most_days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] | None = None

    @model_validator(mode="after")
    def _fits_its_unit(self) -> "Span":
        if (self.unit == "same_day") != (self.n == 0):
            raise ValueError("same_day takes no number, every other unit needs one")
        if (self.unit == "school_days") != (self.at_most_days is not None):
            raise ValueError("school days, and only they, need at_most_days: holidays must not make a child wait")
        if self.at_most_days is not None and self.at_most_days < self.n:
            raise ValueError("at_most_days is shorter than the span")
        return self


class CalendarRules(Strict):
    """When a day ends, and the holidays with a fixed date; the registered special days go before them."""

    day_ends: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    same_day_least_hours: Annotated[int, Field(ge=1, le=12)]
    holidays: tuple[MonthDay, ...]

    @property
    def end(self) -> time:
        """When a day ends, local time."""
        return time.fromisoformat(self.day_ends)


class Level(Strict):
    """One level: words and colour, and by when what is due. `crisis`: never closed or sealed without being lowered."""

    code: Id
    words: Text
    colour: Colour
    meaning: Text
    crisis: bool
    may_watch: bool
    interview: Span
    panel: Span
    guardian: Span | None
    first_report: Span | None
    written_report: Span | None
    plan: Span | None
    contact: Span
    review: Span
    referral: Span


class Waits(Strict):
    """How long a state may last where the level does not say it."""

    candidate: Span
    seal_asked: Span
    referred: Span
    on_leave: Span
    returned: Span


class FollowUp(Strict):
    """When a pupil is looked at again: after so many days, before the end of a term, after its start."""

    after_days: Annotated[tuple[Annotated[int, Field(ge=1, le=LONGEST_DAYS)], ...], Field(min_length=1)]
    before_term_ends_days: Annotated[int, Field(ge=1, le=60)]
    after_term_starts_days: Annotated[int, Field(ge=1, le=60)]
    watch_days: Annotated[int, Field(ge=30, le=LONGEST_DAYS)]


class Criterion(Strict):
    """One thing that must be true before a case ends."""

    code: Id
    text: Text


class CasePack(Strict):
    """A versioned pack. `signed_by` null: a demonstration that nobody has signed; pages say so."""

    code: Code
    version: Version
    title: Text
    about: Text
    signed_by: Text | None
    signed_on: Text | None
    calendar: CalendarRules
    levels: Annotated[tuple[Level, ...], Field(min_length=FEWEST_LEVELS, max_length=MOST_LEVELS)]
    waits: Waits
    follow_up: FollowUp
    closing: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _makes_sense(self) -> "CasePack":
        codes = [level.code for level in self.levels]
        if len(set(codes)) != len(codes):
            raise ValueError("a level is written twice")
        crises = [level.crisis for level in self.levels]
        if not crises[0] or crises != sorted(crises, reverse=True):
            raise ValueError("levels stand from the gravest down; the first is a crisis")
        if any(level.crisis and level.may_watch for level in self.levels):
            raise ValueError("a crisis level may not go over into the quiet watch")
        if not any(level.may_watch for level in self.levels):
            raise ValueError("no level leads into the quiet watch: nothing could ever be closed")
        return self

    @property
    def name(self) -> str:
        """As cases keep it: "default/1.0"."""
        return f"{self.code}/{self.version}"

    def level(self, code: str) -> Level:
        """The level with this code. Raises KeyError."""
        return {level.code: level for level in self.levels}[code]

    def graver(self, one: str, other: str) -> bool:
        """Whether the first level is graver than the second. Raises ValueError for an unknown one."""
        codes = [level.code for level in self.levels]
        return codes.index(one) < codes.index(other)

    def nearest(self, colour: str) -> str:
        """The level that an alert's colour asks to be treated as until people decide; the gravest for an unknown."""
        return next((level.code for level in self.levels if level.colour == colour), self.levels[0].code)
