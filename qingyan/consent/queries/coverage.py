"""How far guardians' answers are: by class in counts, by pupil as a status. Never a word, a reason or the pupil's own.

Everything that staff's lists show comes from here; what it may show is contracts.Status.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from qingyan.consent.contracts import Status
from qingyan.consent.policy import READ_COVERAGE
from qingyan.consent.queries.standing import standings
from qingyan.consent.rules.standing import status
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.organisations.api import SchoolClass, classes_of
from qingyan.people.api import pupils_of_classes


@dataclass(frozen=True)
class PupilLine:
    """One pupil of a list."""

    student: UUID
    name: str
    status: Status


@dataclass(frozen=True)
class ClassLine:
    """One class with its pupils."""

    school_class: SchoolClass
    pupils: tuple[PupilLine, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many pupils in each status."""
        found = Counter(pupil.status.value for pupil in self.pupils)
        return {one.value: found[one.value] for one in Status}

    @property
    def missing(self) -> list[PupilLine]:
        """Those whose guardians are still to be asked."""
        return [pupil for pupil in self.pupils if pupil.status is Status.MISSING]


def coverage(actor: Actor, purpose: str, *, now: datetime) -> list[ClassLine]:
    """The classes that the actor may see, present school year, with five statements however large the school is.

    Raises NotVisible, KeyError for an unknown purpose.
    """
    return _lines(actor, _classes(actor, now), purpose, now)


def coverage_of_class(actor: Actor, class_id: int, purpose: str, *, now: datetime) -> ClassLine | None:
    """One of them, or None; the other classes' pupils are not read."""
    chosen = [one for one in _classes(actor, now) if one.id == class_id]
    return next(iter(_lines(actor, chosen, purpose, now)), None)


def _classes(actor: Actor, now: datetime) -> list[SchoolClass]:
    require(actor, READ_COVERAGE)
    if actor.school_id is None:
        return []
    own = actor.classes_here
    return [one for one in classes_of(actor.school_id, now=now) if own is None or one.id in own]


def _lines(actor: Actor, classes: list[SchoolClass], purpose: str, now: datetime) -> list[ClassLine]:
    pupils = pupils_of_classes(actor, [one.id for one in classes])
    parts = standings(pupils, purpose, on=timezone.localdate(now))
    lines: dict[int | None, list[PupilLine]] = {}
    for pupil in pupils:
        lines.setdefault(pupil.school_class, []).append(PupilLine(pupil.id, pupil.name, status(parts[pupil.id])))
    return [ClassLine(one, tuple(lines.get(one.id, ()))) for one in classes]
