"""The words of consent: what somebody said, how a side stands, and why nothing may begin. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Word(StrEnum):
    """What somebody said. The latest word counts; nothing said before is changed."""

    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_NOW = "not_now"


class Way(StrEnum):
    """How a guardian's word came."""

    ONLINE = "online"
    PAPER = "paper"


class Part(StrEnum):
    """How one side of a standing is."""

    GIVEN = "given"
    MISSING = "missing"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_NEEDED = "not_needed"


class Status(StrEnum):
    """All that a teacher reads about a guardian's answer. A "no" needs no more chasing, so it is "not needed"."""

    GIVEN = "given"
    MISSING = "missing"
    NOT_NEEDED = "not_needed"


class Why(StrEnum):
    """Why nothing may begin; empty when it may."""

    NOTHING = ""
    GUARDIAN_MISSING = "guardian_missing"
    GUARDIAN_SAID_NO = "guardian_said_no"
    OWN_MISSING = "own_missing"


@dataclass(frozen=True)
class Standing:
    """Whether something may begin for one pupil on one day. `own` is what the pupil said, if it is asked at all.

    `needs_own`: the pupil is old enough to be asked. `may_begin` takes both sides into account.
    """

    guardian: Part
    own: Part
    needs_own: bool
    why: Why

    @property
    def may_begin(self) -> bool:
        """Nothing stands against it."""
        return self.why is Why.NOTHING

    @property
    def may_be_asked(self) -> bool:
        """Nothing stands against it but that the pupil has not been asked yet."""
        return self.why in (Why.NOTHING, Why.OWN_MISSING)


@dataclass(frozen=True)
class Said:
    """A word of one side, with the time when the text was published that it speaks of (None: no text)."""

    word: Word
    on: date
    text_published: datetime | None
