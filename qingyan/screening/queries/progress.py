"""How far a round is: counts per class from the counting functions; done or not done per pupil for the few who may see.

The school asks within its own scope; the city asks over the bureau's connection, which cannot read a person's row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import allowed, require
from qingyan.organisations.api import School, SchoolClass
from qingyan.people import api as people
from qingyan.screening.contracts import ClassProgress, PupilProgress
from qingyan.screening.models import Campaign, CampaignInstrument, Sitting
from qingyan.screening.policy import READ_CITY_CAMPAIGNS, READ_PROGRESS, READ_PUPIL_PROGRESS
from qingyan.screening.queries.campaigns import asked_count
from qingyan.screening.workflow import FINISHED

COLUMNS = "school_id, class_id, invited, started, finished"
HERE = f"SELECT {COLUMNS} FROM counting.screening_progress_here(%s) ORDER BY class_id"
EVERYWHERE = f"SELECT {COLUMNS} FROM counting.screening_progress(%s) ORDER BY school_id, class_id"


@dataclass(frozen=True)
class ClassRow:
    """A class as a permission asks for it."""

    school_id: int
    school_class_id: int


@dataclass(frozen=True)
class ClassLine:
    """One class with its progress."""

    school_class: SchoolClass
    progress: ClassProgress


@dataclass(frozen=True)
class SchoolLine:
    """One school with its progress, all classes together."""

    school: School
    invited: int
    started: int
    finished: int
    classes: tuple[ClassLine, ...]

    @property
    def share(self) -> int:
        """Finished of invited in whole per cent, rounded down."""
        return 100 * self.finished // self.invited if self.invited else 0


SORTED_BY: dict[str, Callable[[SchoolLine], Any]] = {
    "school": lambda line: line.school.name,
    "district": lambda line: (line.school.district_id, line.school.id),
    "invited": lambda line: line.invited,
    "started": lambda line: line.started,
    "finished": lambda line: line.finished,
    "share": lambda line: (line.share, line.school.id),
}


def may_see_pupils(actor: Actor) -> bool:
    """Whether the actor may see done or not done of some class's pupils."""
    return allowed(actor, READ_PUPIL_PROGRESS)


def class_here(actor: Actor, class_id: int) -> SchoolClass | None:
    """A class of the actor's school, within the actor's own classes, or None."""
    if actor.classes_here is not None and class_id not in actor.classes_here:
        return None
    return SchoolClass.objects.filter(id=class_id, school_id=actor.school_id).first()


def progress_here(actor: Actor, campaign: Campaign) -> list[ClassLine]:
    """Progress of the classes that the actor's scope shows at this school, in the order of classes."""
    require(actor, READ_PROGRESS)
    with connection.cursor() as cursor:
        cursor.execute(HERE, [campaign.id])
        found = {row[1]: ClassProgress(*row) for row in cursor.fetchall()}
    classes = SchoolClass.objects.filter(school_id=actor.school_id, id__in=found)
    return [ClassLine(one, found[one.id]) for one in classes]


def progress_in_city(actor: Actor, campaign: Campaign) -> list[SchoolLine]:
    """Progress of every school, over the bureau's connection: numbers only."""
    require(actor, READ_CITY_CAMPAIGNS, campaign)
    with connections["bureau"].cursor() as cursor:
        cursor.execute(EVERYWHERE, [campaign.id])
        found = [ClassProgress(*row) for row in cursor.fetchall()]
    classes = SchoolClass.objects.in_bulk([one.school_class for one in found])
    lines: dict[int, list[ClassLine]] = {}
    for one in found:
        lines.setdefault(one.school, []).append(ClassLine(classes[one.school_class], one))
    schools = School.objects.select_related("district").filter(id__in=lines)
    return [_school(school, lines[school.id]) for school in schools]


def pupils_of(actor: Actor, campaign: Campaign, school_class: SchoolClass) -> list[PupilProgress]:
    """Each pupil of the class: how many of the asked instruments are handed in. Raises NotVisible."""
    require(actor, READ_PUPIL_PROGRESS, ClassRow(school_class.school_id, school_class.id))
    asked = asked_count(campaign, school_class.grade)
    done: dict = {}
    everybodys = CampaignInstrument.objects.filter(campaign=campaign).values("instrument")
    here = Sitting.objects.filter(campaign=campaign, school_id=actor.school_id, school_class=school_class)
    for student, state in here.filter(instrument__in=everybodys, again_of=None).values_list("student_id", "state"):
        done[student] = done.get(student, 0) + (state == FINISHED)
    return [
        PupilProgress(pupil.id, pupil.name, done.get(pupil.id, 0), asked)
        for pupil in people.pupils_of_class(actor, school_class.id)
    ]


def _school(school: School, lines: list[ClassLine]) -> SchoolLine:
    ordered = sorted(lines, key=lambda line: (line.school_class.grade, line.school_class.number))
    return SchoolLine(
        school,
        invited=sum(line.progress.invited for line in lines),
        started=sum(line.progress.started for line in lines),
        finished=sum(line.progress.finished for line in lines),
        classes=tuple(ordered),
    )
