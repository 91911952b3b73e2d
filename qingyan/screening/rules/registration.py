"""When a registration covers what a round asks: the same version, its grades, its days, its school. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qingyan.screening.rules.burden import Booked


@dataclass(frozen=True)
class Registered:
    """What the city approved for one school."""

    school: int
    instrument: str
    version: str
    grades: range
    opens: date
    closes: date


@dataclass(frozen=True)
class Wanted:
    """One instrument of a round of a school."""

    school: int
    instrument: str
    version: str
    grades: range
    opens: date
    closes: date


def uncovered(wanted: Iterable[Wanted], approved: Iterable[Registered]) -> list[Wanted]:
    """Those that no single registration covers as a whole: two halves are two requests, not one."""
    known = list(approved)
    return [one for one in wanted if not any(_covers(line, one) for line in known)]


def not_carried_out(registered: Iterable[Booked], rounds: Iterable[Booked]) -> list[Booked]:
    """Registered lines that no round carries out yet; a test is counted once, as the round once there is one."""
    lines = list(rounds)
    return [one for one in registered if not any(_carries_out(line, one) for line in lines)]


def _covers(registered: Registered, wanted: Wanted) -> bool:
    same = (registered.school, registered.instrument, registered.version)
    return (
        same == (wanted.school, wanted.instrument, wanted.version)
        and _within(wanted.grades, registered.grades)
        and registered.opens <= wanted.opens
        and wanted.closes <= registered.closes
    )


def _carries_out(line: Booked, registered: Booked) -> bool:
    return (
        (line.school, line.instrument) == (registered.school, registered.instrument)
        and _within(line.grades, registered.grades)
        and registered.opens <= line.opens
        and line.closes <= registered.closes
    )


def _within(inner: range, outer: range) -> bool:
    return set(inner) <= set(outer)
