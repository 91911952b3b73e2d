"""Outcomes of one school: what people found of whom they talked with; as examples without a name, or of a trial.

An outcome is a case with a first finding, as its pupil stood when it was opened; or a flag that people looked into and
closed without a case. Gathered inside the school's scope; what leaves it are levels, a finding and coarse groups.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingyan.early_warning.queries.surroundings import School, school
from qingyan.early_warning.rules.around import Around, Subject
from qingyan.early_warning.rules.card import Example
from qingyan.early_warning.rules.evidence import evidence
from qingyan.early_warning.rules.learning import UNKNOWN, Sign
from qingyan.foundation.access.actor import Actor
from qingyan.people import api as people

CLOSED, LOOKED_INTO = ("dismissed", "sealed"), ("no_need", "false")
SEXES = {"F": "girls", "M": "boys"}


@dataclass(frozen=True)
class Outcome:
    """What was found of one pupil at one time. `things`: the sheets and reports that led to it."""

    student: UUID
    subject: Subject
    things: frozenset[UUID]
    found: bool


def examples(
    actor: Actor, signs: tuple[Sign, ...], *, place: int, here: School | None = None, since: datetime | None = None
) -> list[Example]:
    """The examples of the actor's school (since then); `place` stands for the school and is no id of it."""
    around = here or school(actor)
    rows = [one for one in outcomes(around) if since is None or one.subject.at >= since]
    groups = groups_of(actor, rows)
    return [
        Example(levels_of(around, one.student, one.subject, signs), one.found, place, groups.get(one.student, ()))
        for one in rows
    ]


def outcomes(here: School) -> list[Outcome]:
    """All outcomes of a school: cases first, then flags that were closed without one."""
    return [*_of_cases(here), *_of_flags(here)]


def groups_of(actor: Actor, rows: Sequence[Outcome]) -> dict[UUID, tuple[str, ...]]:
    """The coarse groups of the pupils of these outcomes."""
    found = people.pupils(actor, {one.student for one in rows})
    return {student: _groups(pupil) for student, pupil in found.items()}


def levels_of(here: School, student: UUID, subject: Subject, signs: tuple[Sign, ...]) -> tuple[int, ...]:
    """The signs of a pupil in levels, as they stood at that moment."""
    found = evidence(here.around.get(student, Around()), subject)
    return tuple(found.get(sign.code, UNKNOWN) for sign in signs)


def _of_cases(here: School) -> Iterator[Outcome]:
    things = {one.id: one.thing for one in here.alerts}
    for case in here.cases:
        if case.found is not None:
            led = frozenset(things.get(source, source) for source in case.sources)
            subject = Subject(case.opened_at, led | {*case.sources, case.id})
            yield Outcome(case.student, subject, led, case.found)


def _of_flags(here: School) -> Iterator[Outcome]:
    """Sheets and reports that were closed without a case, each once."""
    taken = {things for case in here.cases for things in case.sources}
    known = {one.thing for one in here.alerts if one.id in taken or one.thing in taken}
    for one in here.alerts:
        if one.state in CLOSED and one.close_reason in LOOKED_INTO and one.thing not in known:
            known.add(one.thing)
            led = frozenset({one.thing})
            yield Outcome(one.student, Subject(one.raised_at, led), led, found=False)


def _groups(pupil: object) -> tuple[str, ...]:
    name = SEXES.get(getattr(pupil, "sex", ""))
    return (name,) if name else ()
