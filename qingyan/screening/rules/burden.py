"""How much testing one grade is asked to bear: too soon again, twice by two offices, too many items a term. Pure.

Counted for a grade, not for a pupil: what is planned for everybody of a grade is what everybody of it may meet.
Days are local dates. A term here is the half of the year that a round opens in, holidays included, so that no day is
outside: August to January, February to July.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Kind = Literal["too_soon", "twice", "too_many", "near_soon", "near_many"]
Spacing = Literal["", "near_soon", "too_soon"]
Half = tuple[int, int]


@dataclass(frozen=True)
class Limits:
    """What the city allows. `min_days` between two rounds with the same instrument; items of a grade in one term.

    From `warn_percent` of the items on, and within `warn_days` beyond the least days, a round may go on with a reason.
    """

    min_days: int = 14
    items_per_term: int = 300
    warn_days: int = 7
    warn_percent: int = 80

    @property
    def warned(self) -> "Limits":
        """The limits at which somebody is warned, as limits of their own. Whole items, rounded down."""
        return replace(
            self, min_days=self.min_days + self.warn_days, items_per_term=self.items_per_term * self.warn_percent // 100
        )


@dataclass(frozen=True)
class Booked:
    """One instrument in a round, planned or past. `school` is None for a round of the city.

    `registered`: no round yet, but the city has approved that the school runs it.
    """

    title: str
    instrument: str
    items: int
    grades: range
    opens: date
    closes: date
    school: int | None = None
    registered: bool = False


@dataclass(frozen=True)
class BurdenFault:
    """One reason against a plan: the grades it concerns, and the other rounds. `items` is what would come together."""

    kind: Kind
    planned: Booked
    grades: tuple[int, ...]
    others: tuple[Booked, ...]
    items: int = 0


def half_of(day: date) -> Half:
    """The half-year of a day: (the year it began in, 1 for August to January or 2 for February to July)."""
    if day.month >= 8:
        return day.year, 1
    return (day.year - 1, 1) if day.month == 1 else (day.year, 2)


def faults(planned: Iterable[Booked], booked: Iterable[Booked], limits: Limits) -> list[BurdenFault]:
    """Everything that speaks against the plan; empty when it may be carried out. `booked` holds no line of the plan.

    A round of a school meets the rounds of that school and of the city; a round of the city meets every round.
    """
    plan, known = list(planned), list(booked)
    found = [fault for one in plan for fault in _same_instrument(one, known, limits)]
    return found + list(_too_many(plan, known, limits))


def warnings(planned: Iterable[Booked], booked: Iterable[Booked], limits: Limits) -> list[BurdenFault]:
    """What is near a limit and within it: it may go on, with a reason. What `faults` refuses is not said again."""
    plan, known = list(planned), list(booked)
    refused = faults(plan, known, limits)
    pairs = {(fault.planned, fault.others) for fault in refused}
    heavy = {grade for fault in refused if fault.kind == "too_many" for grade in fault.grades}
    found = []
    for fault in faults(plan, known, limits.warned):
        grades = tuple(grade for grade in fault.grades if grade not in heavy)
        if fault.kind == "too_soon" and (fault.planned, fault.others) not in pairs:
            found.append(replace(fault, kind="near_soon"))
        elif fault.kind == "too_many" and grades:
            found.append(replace(fault, kind="near_many", grades=grades))
    return found


def spacing_of(one: Booked, known: Iterable[Booked], limits: Limits) -> Spacing:
    """How near the nearest other round with the same instrument is, for some grade of both."""
    gaps = [
        gap_days(one, other)
        for other in known
        if other is not one and other.instrument == one.instrument and _meet(one, other)
        if _shared(one.grades, other.grades)
    ]
    nearest = min(gaps, default=None)
    if nearest is None or nearest >= limits.warned.min_days:
        return ""
    return "too_soon" if nearest < limits.min_days else "near_soon"


def gap_days(one: Booked, other: Booked) -> int:
    """Days from the end of the earlier to the beginning of the later; 0 when they overlap."""
    return max((other.opens - one.closes).days, (one.opens - other.closes).days, 0)


def _same_instrument(one: Booked, known: list[Booked], limits: Limits) -> Iterator[BurdenFault]:
    for other in known:
        grades = _shared(one.grades, other.grades)
        if other.instrument != one.instrument or not grades or not _meet(one, other):
            continue
        if gap_days(one, other) < limits.min_days:
            yield BurdenFault("too_soon", one, grades, (other,))
        elif (one.school is None) != (other.school is None) and half_of(one.opens) == half_of(other.opens):
            yield BurdenFault("twice", one, grades, (other,))


def _too_many(plan: list[Booked], known: list[Booked], limits: Limits) -> Iterator[BurdenFault]:
    """One fault for all grades that would meet the same rounds."""
    by_rounds: dict[tuple[Booked, ...], tuple[list[int], int]] = {}
    for grade in sorted({grade for one in plan for grade in one.grades}):
        asked = [one for one in plan if grade in one.grades]
        others = _term_of(asked[0], [one for one in known if grade in one.grades])
        items = sum(one.items for one in [*asked, *others])
        if items > limits.items_per_term:
            by_rounds.setdefault(others, ([], items))[0].append(grade)
    for others, (grades, items) in by_rounds.items():
        yield BurdenFault("too_many", plan[0], tuple(grades), others, items)


def heaviest(lines: Iterable[Booked]) -> tuple[Booked, ...]:
    """Of these the ones that the pupils of the most burdened school meet: the city's, and that school's."""
    listed = list(lines)
    schools = {one.school for one in listed} - {None} or {None}
    lists = [tuple(one for one in listed if one.school in (None, school)) for school in schools]
    return max(lists, key=lambda chosen: sum(one.items for one in chosen))


def _term_of(one: Booked, known: list[Booked]) -> tuple[Booked, ...]:
    return heaviest(other for other in known if half_of(other.opens) == half_of(one.opens) and _meet(one, other))


def _meet(one: Booked, other: Booked) -> bool:
    return one.school is None or other.school is None or one.school == other.school


def _shared(one: range, other: range) -> tuple[int, ...]:
    return tuple(grade for grade in one if grade in other)


def months_of(half: Half) -> list[tuple[int, int]]:
    """The six (year, month) of a half-year, in order."""
    year, ordinal = half
    if ordinal == 1:
        return [(year, month) for month in range(8, 13)] + [(year + 1, 1)]
    return [(year, month) for month in range(2, 8)]


def neighbours(half: Half) -> tuple[Half, Half]:
    """The half-year before and the one after: (2026, 1) lies between (2026, 2), its spring, and (2027, 2)."""
    year, ordinal = half
    return ((year, 2), (year + 1, 2)) if ordinal == 1 else ((year - 1, 1), (year, 1))
