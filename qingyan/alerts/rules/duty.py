"""Who has to act on an alert, and when it goes to the next person. Pure.

Decides the shape of a duty pack (library/duty/<code>/<version>.yaml), whose turn it is, and which of several people is
on duty. Minutes, hours and order are data of the pack. Moving an alert is actions/handing.py.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from qingyan.alerts.rules.clock import Clock, SchoolCalendar, elapsed, moment_after
from qingyan.alerts.rules.judging import UnfitPack
from qingyan.alerts.rules.pack import MOST_URGENT_FIRST, Code, Level, Strict, Text

Place = Literal["counsellor", "deputy", "leader", "district"]
Hours = Literal["always", "school_time", "outside"]
PLACES: Final[tuple[Place, ...]] = ("counsellor", "deputy", "leader", "district")
ClockText = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class LadderStep(Strict):
    """Whose turn, and how many minutes this person has before it goes on; the last step has no end."""

    to: Place
    minutes: Annotated[int, Field(ge=1, le=60 * 24 * 31)] | None = None


class Ladder(Strict):
    """The steps of one level, by which clock they are counted."""

    clock: Clock
    steps: Annotated[tuple[LadderStep, ...], Field(min_length=1)]


class OpeningHours(Strict):
    """When a school counts as open, on school days."""

    opens: ClockText
    closes: ClockText


class DutyPack(Strict):
    """A versioned pack of ladders. `rules` says in words when clocks run, stop and begin anew; pages show it."""

    code: Code
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    about: Text
    signed_by: Text | None
    hours: OpeningHours
    ladders: dict[Level, Ladder]
    rules: Annotated[tuple[Text, ...], Field(min_length=1)]

    @property
    def name(self) -> str:
        """Code and version, e.g. "default/1.0"."""
        return f"{self.code}/{self.version}"

    @property
    def opening(self) -> tuple[time, time]:
        """When a school opens and closes."""
        return time.fromisoformat(self.hours.opens), time.fromisoformat(self.hours.closes)


@dataclass(frozen=True)
class OnDuty:
    """Somebody who may stand at a place. `named` by the school before those who stand there by their post."""

    account: UUID
    place: Place
    named: bool = False
    rank: int = 0
    hours: Hours = "always"
    carries: int = 0


@dataclass(frozen=True)
class Away:
    """That somebody is away now, and who acts for them."""

    account: UUID
    deputy: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """Where an alert stands: the step (None: with nobody yet), since when, and with whom."""

    level: Level
    step: int | None
    since: datetime
    owner: UUID | None = None


@dataclass(frozen=True)
class Turn:
    """Whose turn it becomes: the step reached, the person, and the places passed over because nobody stood there."""

    step: int
    owner: UUID
    passed_over: tuple[Place, ...] = ()


def check(pack: DutyPack) -> None:
    """Raise UnfitPack when a level has no ladder, an inner step has no end, or the critical one sleeps."""
    faults = [f"level {level} has no ladder" for level in MOST_URGENT_FIRST if level not in pack.ladders]
    for level, ladder in pack.ladders.items():
        if any(step.minutes is None for step in ladder.steps[:-1]):
            faults.append(f"{level}: a step before the last needs its minutes")
        if len({step.to for step in ladder.steps}) != len(ladder.steps):
            faults.append(f"{level}: a place stands twice")
    if "red" in pack.ladders and pack.ladders["red"].clock != "always":
        faults.append("red never sleeps: its clock is “always”")
    if pack.opening[0] >= pack.opening[1]:
        faults.append("a school opens before it closes")
    if faults:
        raise UnfitPack("\n".join(faults))


def is_due(ladder: Ladder, standing: Standing, now: datetime, calendar: SchoolCalendar) -> bool:
    """Whether it goes on to somebody else now: nobody has it yet, or the time of this step has run out."""
    if standing.step is None:
        return True
    minutes = ladder.steps[standing.step].minutes
    if minutes is None or standing.step + 1 >= len(ladder.steps):
        return False
    return elapsed(ladder.clock, standing.since, now, calendar) >= timedelta(minutes=minutes)


def goes_on_at(ladder: Ladder, standing: Standing, calendar: SchoolCalendar) -> datetime | None:
    """When it will go on to the next person; None when it stays."""
    if standing.step is None or standing.step + 1 >= len(ladder.steps):
        return None
    minutes = ladder.steps[standing.step].minutes
    return moment_after(ladder.clock, standing.since, timedelta(minutes=minutes or 0), calendar)


def next_turn(ladder: Ladder, standing: Standing, at: Mapping[Place, UUID | None]) -> Turn | None:
    """The next step at which somebody else stands; None when there is nobody further up.

    A place without a person, or with the same person again, is passed over at once: no minutes are spent on it.
    """
    passed: list[Place] = []
    begin = 0 if standing.step is None else standing.step + 1
    for number, step in enumerate(ladder.steps[begin:], start=begin):
        person = at.get(step.to)
        if person is not None and person != standing.owner:
            return Turn(number, person, tuple(passed))
        passed.append(step.to)
    return None


def person_on_duty(people: Sequence[OnDuty], away: Collection[Away], *, school_time: bool) -> UUID | None:
    """Who stands at a place now: those named first, by rank, then by who carries least; nobody who is away.

    Somebody away with a named deputy is stood for by the deputy, if that one is here.
    """
    gone = {one.account: one for one in away}
    fitting = [one for one in people if one.hours == "always" or (one.hours == "school_time") is school_time]
    for one in sorted(fitting, key=lambda one: (not one.named, one.rank, one.carries, str(one.account))):
        if one.account not in gone:
            return one.account
        deputy = gone[one.account].deputy
        if deputy is not None and deputy not in gone:
            return deputy
    return None
