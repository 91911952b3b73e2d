"""The teachers' observation: whether it runs, the own class for its teacher, how far each class is for the counsellor.

A teacher reads the own marks and nobody else's, not even another teacher's of the same class.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.organisations.api import SchoolClass
from qingyan.people import api as people
from qingyan.people.contracts import Pupil
from qingyan.screening.models import Campaign, CampaignInstrument, Observation, ObservationEnd, SecondStage
from qingyan.screening.observation_form import BEHAVIOURS, STEPS, UNMARKED
from qingyan.screening.policy import OBSERVE, READ_CANDIDATES
from qingyan.screening.queries.progress import ClassRow
from qingyan.screening.rules.second_stage import Window, window
from qingyan.screening.workflow import DRAFT

ASKED = len(BEHAVIOURS)


@dataclass(frozen=True)
class Choice:
    """One step of one behaviour as the page shows it."""

    value: int
    words: str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """One behaviour with its steps."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class PupilRow:
    """One pupil of the class with what this teacher has marked so far."""

    student: UUID
    class_id: int
    name: str
    asked: tuple[Asked, ...]
    sentence: str
    saved_at: datetime | None


@dataclass(frozen=True)
class ClassSeen:
    """How many pupils of a class somebody has observed."""

    school_class: SchoolClass
    pupils: int
    observed: int


def stage_of(campaign: Campaign) -> SecondStage | None:
    """The round's rule for a second stage, or None where it has none."""
    return SecondStage.objects.filter(campaign=campaign).first()


def window_of(actor: Actor, campaign: Campaign, stage: SecondStage) -> Window:
    """The observation at the actor's school."""
    ended = ObservationEnd.objects.filter(campaign=campaign, school_id=actor.school_id).first()
    return window(opens_at=campaign.opens_at, days=stage.observe_days, ended_at=ended.ended_at if ended else None)


def running(actor: Actor, campaign: Campaign, *, now: datetime) -> Window | None:
    """The observation while teachers may write, or None."""
    stage = stage_of(campaign)
    if stage is None or campaign.state == DRAFT:
        return None
    found = window_of(actor, campaign, stage)
    return found if found.is_open(now) else None


def class_rows(actor: Actor, campaign: Campaign, school_class: SchoolClass) -> list[PupilRow]:
    """The pupils of the own class with the own marks. Raises NotVisible."""
    require(actor, OBSERVE, ClassRow(school_class.school_id, school_class.id))
    mine = {one.student_id: one for one in _own(actor, campaign).filter(school_class=school_class)}
    return [_row(pupil, mine.get(pupil.id)) for pupil in people.pupils_of_class(actor, school_class.id)]


def pupil_row(actor: Actor, campaign: Campaign, student_id: UUID) -> PupilRow | None:
    """One pupil of an own class, or None."""
    pupil = people.pupil(actor, student_id)
    if pupil is None or pupil.school_class not in (actor.classes_here or ()):
        return None
    return _row(pupil, _own(actor, campaign).filter(student_id=student_id).first())


def by_class(actor: Actor, campaign: Campaign) -> list[ClassSeen]:
    """How far the observation is, for the counsellor. Raises NotVisible."""
    require(actor, READ_CANDIDATES)
    rows = Observation.objects.filter(campaign=campaign, school_id=actor.school_id)
    counted = rows.values_list("school_class_id").annotate(n=Count("student_id", distinct=True))
    seen = dict(counted.order_by())
    grades = list(CampaignInstrument.objects.filter(campaign=campaign).values_list("grade_from", "grade_to"))
    classes = [one for one in SchoolClass.objects.filter(school_id=actor.school_id) if _takes_part(grades, one)]
    pupils: dict[int, int] = {}
    for pupil in people.pupils_of_classes(actor, [one.id for one in classes]):
        pupils[pupil.school_class or 0] = pupils.get(pupil.school_class or 0, 0) + 1
    return [ClassSeen(one, pupils[one.id], seen.get(one.id, 0)) for one in classes if one.id in pupils]


def _own(actor: Actor, campaign: Campaign):
    return Observation.objects.filter(campaign=campaign, school_id=actor.school_id, observer_id=actor.id)


def _row(pupil: Pupil, found: Observation | None) -> PupilRow:
    marks = found.marks if found else [UNMARKED] * len(BEHAVIOURS)
    asked = tuple(
        Asked(str(words), tuple(Choice(step, str(said), mark == step) for step, said in STEPS))
        for words, mark in zip(BEHAVIOURS, marks, strict=True)
    )
    sentence = (found.sentence or "") if found else ""
    return PupilRow(pupil.id, pupil.school_class or 0, pupil.name, asked, sentence, found.saved_at if found else None)


def _takes_part(grades: list[tuple[int, int]], school_class: SchoolClass) -> bool:
    return any(first <= school_class.grade <= last for first, last in grades)
