"""Examples of one school for the model: pupils with whom people have talked, in levels, without a name or an id.

An example is a case with a first finding, as its pupil stood when it was opened; or a flag that people looked into and
closed without a case. Gathered inside the school's scope; what leaves it are levels, a finding and coarse groups.
"""

from collections.abc import Iterator
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


def examples(actor: Actor, signs: tuple[Sign, ...], *, place: int) -> list[Example]:
    """The examples of the actor's school; `place` stands for the school and is no id of it."""
    here = school(actor)
    rows = [*_of_cases(here), *_of_flags(here)]
    pupils = people.pupils(actor, {student for student, _subject, _found in rows})
    return [
        Example(_levels(here, student, subject, signs), found, place, _groups(pupils.get(student)))
        for student, subject, found in rows
    ]


def _of_cases(here: School) -> Iterator[tuple[UUID, Subject, bool]]:
    things = {one.id: one.thing for one in here.alerts}
    for case in here.cases:
        if case.found is not None:
            led = {things.get(source, source) for source in case.sources}
            yield case.student, Subject(case.opened_at, frozenset({*led, *case.sources, case.id})), case.found


def _of_flags(here: School) -> Iterator[tuple[UUID, Subject, bool]]:
    """Sheets and reports that were closed without a case, each once."""
    taken = {things for case in here.cases for things in case.sources}
    known = {one.thing for one in here.alerts if one.id in taken or one.thing in taken}
    for one in here.alerts:
        if one.state in CLOSED and one.close_reason in LOOKED_INTO and one.thing not in known:
            known.add(one.thing)
            yield one.student, Subject(one.raised_at, frozenset({one.thing})), False


def _levels(here: School, student: UUID, subject: Subject, signs: tuple[Sign, ...]) -> tuple[int, ...]:
    found = evidence(here.around.get(student, Around()), subject)
    return tuple(found.get(sign.code, UNKNOWN) for sign in signs)


def _groups(pupil: object) -> tuple[str, ...]:
    name = SEXES.get(getattr(pupil, "sex", ""))
    return (name,) if name else ()
