"""What early warning knows of a pupil beside an alert, in plain frozen values without names or words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class OtherAlert:
    """An alert of the pupil. `thing` is the sheet or report that it is about."""

    thing: UUID
    level: str
    asked: bool
    at: datetime


@dataclass(frozen=True)
class Reported:
    """A report about the pupil, by somebody else or by the pupil."""

    id: UUID
    by_self: bool
    at: datetime


@dataclass(frozen=True)
class Observed:
    """A teacher's form about the pupil, with the number of behaviours often seen."""

    often: int
    at: datetime


@dataclass(frozen=True)
class EarlierCase:
    """A case of the pupil that was not sealed as false. `away`: leave or return; `follow_ups`: due, done."""

    id: UUID
    at: datetime
    away: tuple[datetime, ...] = ()
    follow_ups: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True)
class Around:
    """Everything known about one pupil at one school."""

    alerts: Sequence[OtherAlert] = ()
    reports: Sequence[Reported] = ()
    observed: Sequence[Observed] = ()
    cases: Sequence[EarlierCase] = ()


@dataclass(frozen=True)
class Subject:
    """What is asked about: a pupil at a moment. `left_out`: sheets, reports and cases that may not be evidence."""

    at: datetime
    left_out: frozenset[UUID] = field(default_factory=frozenset)
