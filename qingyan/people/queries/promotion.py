"""The turn of the school year before it happens: from which year to which, class by class, and who stays back."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.organisations.api import GRADE_NAMES, School, SchoolClass, SchoolYear
from qingyan.people.models import Promotion, Student
from qingyan.people.models.life import UndoableState
from qingyan.people.rules.promotion import ClassMove, moves
from qingyan.people.workflow import ENROLLED


@dataclass(frozen=True)
class Turn:
    """From one school year to the next; `ready` from its first day."""

    source: SchoolYear
    target: SchoolYear
    ready: bool


@dataclass(frozen=True)
class MoveLine:
    """A class of the old year with its pupils, and what becomes of it."""

    school_class: SchoolClass
    move: ClassMove
    pupils: int
    held_back: int

    @property
    def becomes(self) -> str:
        """The name of the class next year; empty for one that graduates."""
        target = self.move.target
        return "" if target is None else f"{GRADE_NAMES[target[0]]}（{target[1]}）班"


def turn_of(school_id: int, *, now: datetime) -> Turn | None:
    """The turn that waits: into the present year while pupils still sit in last year's classes, else into the next.

    None when the next year is not in the calendar yet, or there was none before.
    """
    today = timezone.localdate(now)
    years = list(SchoolYear.objects.order_by("starts_on"))
    for source, target in pairwise(years):
        if target.ends_on >= today and _sitting(school_id, source):
            return Turn(source, target, target.starts_on <= today)
    return None


def move_lines(school: School, turn: Turn, held_back: list[str]) -> list[MoveLine]:
    """Every class of the old year in which pupils are enrolled."""
    counts = dict(
        Student.objects.filter(school_id=school.id, state=ENROLLED, school_class__school_year=turn.source)
        .values_list("school_class_id")
        .annotate(count=Count("id"))
    )
    places = {one.id: one for one in SchoolClass.objects.filter(id__in=counts)}
    ordered = sorted(places.values(), key=lambda one: (one.grade, one.number))
    held = Counter(Student.objects.filter(id__in=held_back).values_list("school_class_id", flat=True))
    return [
        MoveLine(places[move.class_id], move, counts[move.class_id], held[move.class_id])
        for move in moves([(one.id, one.grade, one.number) for one in ordered], school.kind)
    ]


def pupils_of(school_id: int, class_id: int) -> list[Student]:
    """The enrolled pupils of a class, by name."""
    rows = Student.objects.filter(school_id=school_id, school_class_id=class_id, state=ENROLLED)
    return list(rows.order_by("name", "id"))


def planned(school_id: int, year: SchoolYear) -> Promotion | None:
    """The promotion into this year that is planned or done."""
    rows = Promotion.objects.filter(school_id=school_id, school_year=year)
    return rows.exclude(state=UndoableState.UNDONE).first()


def last_done(actor: Actor) -> Promotion | None:
    """The newest promotion that stands, to be undone perhaps."""
    rows = Promotion.objects.filter(school_id=actor.school_id, state=UndoableState.DONE)
    return rows.select_related("school_year", "by").order_by("-done_at").first()


def promotion(actor: Actor, promotion_id: UUID) -> Promotion | None:
    """One of the actor's school, or None."""
    return Promotion.objects.filter(school_id=actor.school_id, id=promotion_id).first()


def _sitting(school_id: int, year: SchoolYear) -> bool:
    return Student.objects.filter(school_id=school_id, state=ENROLLED, school_class__school_year=year).exists()


def held_back(actor: Actor, pupils: list[Student]) -> list[str]:
    """Those of these pupils who are planned to repeat the grade."""
    rows = Promotion.objects.filter(school_id=actor.school_id, state=UndoableState.PLANNED)
    held = {one for row in rows for one in row.held_back}
    return [str(one.id) for one in pupils if str(one.id) in held]
