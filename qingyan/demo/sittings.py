"""Joins roll, rounds and the latent generator: who sat when, what they answered. Reads instruments, writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from qingyan.demo import latent
from qingyan.demo.cast import WITH_SLIPS
from qingyan.demo.latent import SHAPES, Answers, Sheet, Vector
from qingyan.demo.places import SchoolPlan
from qingyan.demo.roll import ClassPlan, PupilPlan
from qingyan.demo.rounds import CLOSED as FIRST
from qingyan.demo.rounds import Asked, Progress, RoundPlan, lesson, progress
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import Plan

BETWEEN_INSTRUMENTS = timedelta(seconds=40)
READING_THE_NOTICE = timedelta(seconds=75)
LATEST_ARRIVAL = 120  # seconds after the lesson began
KEPT_FOR_THE_WALK = frozenset(pupil.id for pupil in WITH_SLIPS)  # the open round waits for them


@dataclass(frozen=True)
class SittingPlan:
    """One pupil at one instrument. Unanswered items are None in `answers`, `times` (ms) and `sequences`."""

    id: UUID
    pupil: PupilPlan
    class_: tuple[int, int]
    plan: Plan
    age: int
    finished: bool
    paused: bool
    started_at: datetime
    ended_at: datetime
    answers: list[int | None]
    times: list[int | None]
    sequences: list[int | None]

    @property
    def notice_read_at(self) -> datetime:
        """The notice was read just before."""
        return self.started_at


@dataclass
class _Crowd:
    """The pupils of one school in one round, row by row; `free_at` is when a pupil may begin the next instrument."""

    pupils: list[PupilPlan]
    classes: list[tuple[int, int]]
    general: Vector
    ways: NDArray[np.int8]
    reached: list[Progress]
    free_at: list[datetime]
    broken_off: set[int] = field(default_factory=set)


def sheet_of(plan: Plan) -> Sheet:
    """What the generator must know of an instrument; an item belongs to the smallest scale that counts it."""
    largest_first = sorted(plan.instrument.scales, key=lambda scale: -len(scale.items))
    number_of = {item: number for number, scale in enumerate(largest_first, 1) for item in scale.items}
    items = plan.instrument.items
    return Sheet(
        items=tuple(item.id for item in items),
        scale_of_item=tuple(number_of.get(item.id, 0) for item in items),
        options_of_item=tuple(len(plan.instrument.options_of(item)) for item in items),
        reversed_items=frozenset(item.id for item in items if item.reverse),
    )


def school_sittings(
    school: SchoolPlan,
    roll: Sequence[ClassPlan],
    plan: RoundPlan,
    *,
    seed: int,
    now: datetime,
    known: Mapping[UUID, float] | None = None,
) -> Iterator[SittingPlan]:
    """All sittings of one school in one round, deterministic by seed; `now` (local) only moves times and ages.

    `known` is the general distress of pupils who sat before (see distress_of); the others draw theirs.
    """
    rng = np.random.default_rng([seed, school.block, plan.number])
    drawn = {**distress_of(school, roll, seed=seed), **(known or {})}
    general = np.array([drawn[pupil.id] for one in roll for pupil in one.pupils])
    crowd = _crowd(roll, plan, rng=rng, general=general, now=now)
    for asked in plan.instruments:
        compiled = instruments.plan(asked.instrument)
        rows = _eligible(crowd, asked, compiled)
        if rows:
            answered = latent.answer(
                shape=SHAPES[asked.instrument],
                sheet=sheet_of(compiled),
                general=crowd.general[rows],
                ways=crowd.ways[rows],
                rng=rng,
            )
            for index, row in enumerate(rows):
                yield _sitting(crowd, row, compiled, _Taken(answered, index), rng)


def distress_of(school: SchoolPlan, roll: Sequence[ClassPlan], *, seed: int) -> dict[UUID, float]:
    """The general distress that the pupils of this roll were given, by pupil."""
    pupils = [pupil for one in roll for pupil in one.pupils]
    general = latent.distress(
        girls=[pupil.sex == "F" for pupil in pupils], rng=np.random.default_rng([seed, school.block])
    )
    return {pupil.id: float(value) for pupil, value in zip(pupils, general, strict=True)}


def _crowd(
    roll: Sequence[ClassPlan],
    plan: RoundPlan,
    *,
    rng: np.random.Generator,
    general: Vector,
    now: datetime,
) -> _Crowd:
    members = [(pupil, (one.grade, one.number), order) for order, one in enumerate(roll) for pupil in one.pupils]
    pupils = [pupil for pupil, _, _ in members]
    general = general if plan.number == FIRST.number else latent.later(general, rng)
    ways, luck = latent.patterns(len(pupils), rng), rng.random(len(pupils))
    arrivals = rng.integers(0, LATEST_ARRIVAL, len(pupils))
    reached = [progress(plan, order=order, luck=luck[row]) for row, (_, _, order) in enumerate(members)]
    for row, pupil in enumerate(pupils):
        if pupil.distress is not None:
            general[row], ways[row] = pupil.distress, latent.Pattern.CAREFUL
            reached[row] = Progress.FINISHED
        if pupil.id in KEPT_FOR_THE_WALK:
            reached[row] = Progress.FINISHED if plan.is_closed else Progress.NOT_STARTED
    free_at = [
        lesson(plan, order, now) + timedelta(seconds=int(arrivals[row])) + READING_THE_NOTICE
        for row, (_, _, order) in enumerate(members)
    ]
    return _Crowd(pupils, [class_ for _, class_, _ in members], general, ways, reached, free_at)


def _eligible(crowd: _Crowd, asked: Asked, compiled: Plan) -> list[int]:
    """Rows of those whom the instrument suits, who came, and who did not break off before."""
    return [
        row
        for row, pupil in enumerate(crowd.pupils)
        if asked.grade_from <= crowd.classes[row][0] <= asked.grade_to
        and crowd.reached[row] is not Progress.NOT_STARTED
        and row not in crowd.broken_off
        and compiled.suits(pupil.age_on(crowd.free_at[row].date()))
    ]


@dataclass(frozen=True)
class _Taken:
    """One row of generated answers."""

    answers: Answers
    index: int

    def choices(self) -> list[int]:
        return [int(choice) for choice in self.answers.choices[self.index]]

    def millis(self) -> list[int]:
        return [int(time) for time in self.answers.millis[self.index]]


def _sitting(crowd: _Crowd, row: int, compiled: Plan, taken: _Taken, rng: np.random.Generator) -> SittingPlan:
    pupil, started_at = crowd.pupils[row], crowd.free_at[row]
    width = len(compiled.items)
    part_way = crowd.reached[row] is Progress.PART_WAY
    until = int(rng.integers(max(1, width // 5), width)) if part_way else width
    age = pupil.age_on(started_at.date())
    hidden = compiled.not_asked(age)
    shown = [index < until and index not in hidden for index in range(width)]
    sure = {item: value for instrument, item, value in pupil.sure if instrument == compiled.code}
    values = [
        sure.get(item.id, compiled.option_values(index)[choice])
        for index, (item, choice) in enumerate(zip(compiled.items, taken.choices(), strict=True))
    ]
    millis = _only(shown, taken.millis())
    ended_at = started_at + timedelta(milliseconds=sum(one or 0 for one in millis))
    crowd.free_at[row] = ended_at + BETWEEN_INSTRUMENTS
    if part_way:
        crowd.broken_off.add(row)
    return SittingPlan(
        id=UUID(bytes=rng.bytes(16), version=4),
        pupil=pupil,
        class_=crowd.classes[row],
        plan=compiled,
        age=age,
        finished=not part_way,
        paused=part_way and bool(rng.random() < 0.6),
        started_at=started_at,
        ended_at=ended_at,
        answers=_only(shown, values),
        times=millis,
        sequences=_only(shown, list(range(1, width + 1))),
    )


def _only(shown: Sequence[bool], values: Sequence[int]) -> list[int | None]:
    return [value if there else None for there, value in zip(shown, values, strict=True)]
