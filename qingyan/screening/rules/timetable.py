"""A staggered timetable: which classes sit down in which lesson, so that every pupil has a device. Pure.

First fit in the given order: classes share a lesson as long as their pupils fit the devices; a class with more pupils
than devices gets as many lessons one after the other as it needs, alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from math import ceil

SATURDAY = 5


@dataclass(frozen=True)
class Group:
    """A class and how many of its pupils are asked."""

    class_id: int
    pupils: int


@dataclass
class Lesson:
    """One lesson with the classes that sit down in it."""

    starts_at: datetime
    classes: list[int] = field(default_factory=list)
    pupils: int = 0
    closed: bool = False


def lessons(*, opens_at: datetime, closes_at: datetime, starts: Sequence[time], minutes: int) -> list[Lesson]:
    """Every lesson on a school day that lies wholly in the window, in order. The window is in local time."""
    found, day = [], opens_at.date()
    while day <= closes_at.date():
        for start in sorted(starts) if day.weekday() < SATURDAY else ():
            at = datetime.combine(day, start, tzinfo=opens_at.tzinfo)
            if at >= opens_at and at + timedelta(minutes=minutes) <= closes_at:
                found.append(Lesson(at))
        day += timedelta(days=1)
    return found


def staggered(groups: Iterable[Group], free: Sequence[Lesson], *, devices: int) -> tuple[list[Lesson], list[int]]:
    """The lessons that are used, and the classes that found no place. The given lessons are filled in place."""
    homeless = []
    for group in groups:
        wanted = max(1, ceil(group.pupils / devices))
        places = _places(group, free, devices, wanted)
        if len(places) < wanted:
            homeless.append(group.class_id)
            continue
        for lesson in places:
            lesson.classes.append(group.class_id)
            lesson.pupils += group.pupils
            lesson.closed = wanted > 1
    return [lesson for lesson in free if lesson.classes], homeless


def _places(group: Group, free: Sequence[Lesson], devices: int, wanted: int) -> list[Lesson]:
    if wanted > 1:
        return [lesson for lesson in free if not lesson.classes][:wanted]
    fitting = (lesson for lesson in free if not lesson.closed and lesson.pupils + group.pupils <= devices)
    return [lesson for lesson in (next(fitting, None),) if lesson is not None]
