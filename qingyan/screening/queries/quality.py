"""What a counsellor reads about how the sheets of a round were answered: class by class, and the doubtful ones."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows, require
from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.organisations.api import SchoolClass
from qingyan.screening.models import AnsweringQuality, Campaign, Reinvitation, Sitting
from qingyan.screening.models.again import INVITED
from qingyan.screening.policy import JUDGE_ANSWERING
from qingyan.screening.rules.careless.families import Sign
from qingyan.screening.workflow import FINISHED, SET_ASIDE

SMALLEST_CLASS = 10  # below, a share says nothing
BADLY_RUN = 20  # per cent; a class with more doubtful or hurried sheets was probably disturbed

CLASSES = """
SELECT q.school_class_id, q.instrument, bool_and(q.learned_from > 0), count(*), count(*) FILTER (WHERE q.doubtful),
       count(*) FILTER (WHERE %(hurried)s = ANY (q.signs)),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY q.total_ms) / 60000.0
FROM screening_answeringquality q JOIN organisations_schoolclass c ON c.id = q.school_class_id
WHERE q.school_id = %(school)s AND q.campaign_id = %(campaign)s
GROUP BY q.school_class_id, q.instrument, c.grade, c.number ORDER BY q.instrument, c.grade, c.number
"""


@dataclass(frozen=True)
class ClassQuality:
    """One class and instrument. `minutes`: the middle of the time on the questions, None without times."""

    school_class: SchoolClass
    instrument: str
    learned: bool
    sheets: int
    doubtful: int
    hurried: int
    minutes: float | None

    @property
    def share(self) -> int | None:
        """Doubtful sheets in whole per cent; None for a class too small."""
        return round(100 * self.doubtful / self.sheets) if self.sheets >= SMALLEST_CLASS else None

    @property
    def disturbed(self) -> bool:
        """Whether the sitting of this class was probably disturbed: many doubtful or many hurried sheets."""
        most = max(self.doubtful, self.hurried)
        return self.sheets >= SMALLEST_CLASS and 100 * most >= BADLY_RUN * self.sheets


@dataclass(frozen=True)
class Judged:
    """How far the judging is: finished sheets, those with a verdict, and when the last verdict was made."""

    finished: int
    judged: int
    doubtful: int
    at: datetime | None
    plain_only: bool

    @property
    def pending(self) -> int:
        """Finished sheets without a verdict yet."""
        return max(self.finished - self.judged, 0)


def judged(actor: Actor, campaign: Campaign) -> Judged:
    """How far the judging of this round is at the actor's school."""
    require(actor, JUDGE_ANSWERING)
    sheets = Sitting.objects.filter(school_id=actor.school_id, campaign=campaign, state=FINISHED)
    verdicts = _verdicts(actor, campaign)
    newest = verdicts.order_by("-assessed_at").values_list("assessed_at", flat=True).first()
    plain = verdicts.filter(learned_from=0).exists()
    return Judged(sheets.count(), verdicts.count(), verdicts.filter(doubtful=True).count(), newest, plain)


def by_class(actor: Actor, campaign: Campaign) -> list[ClassQuality]:
    """Every class of the school in this round, by instrument."""
    require(actor, JUDGE_ANSWERING)
    values = {"school": actor.school_id, "campaign": campaign.id, "hurried": Sign.HURRIED.value}
    with connection.cursor() as cursor:
        cursor.execute(CLASSES, values)
        found = cursor.fetchall()
    classes = SchoolClass.objects.in_bulk({row[0] for row in found})
    titles = {code: _title(code) for code in {row[1] for row in found}}
    return [
        ClassQuality(classes[class_id], titles[code], learned, sheets, doubted, hurried, minutes and round(minutes, 1))
        for class_id, code, learned, sheets, doubted, hurried, minutes in found
    ]


def _title(code: str) -> str:
    """The instrument's title in the reader's language; the code when its file is gone."""
    try:
        title = instruments.instrument(code).title
    except InstrumentNotReleased:
        return code
    return title.zh if (get_language() or "zh").startswith("zh") else title.en


def doubtful(actor: Actor, campaign: Campaign) -> QuerySet[AnsweringQuality]:
    """The doubtful sheets, undecided first; with pupil and class."""
    return (
        _verdicts(actor, campaign)
        .filter(doubtful=True)
        .select_related("student", "school_class", "read_by")
        .order_by("read_at", "school_class__grade", "school_class__number", "student__name", "pk")
    )


def verdict_of(actor: Actor, sitting_id: UUID) -> AnsweringQuality | None:
    """The verdict on one sheet of the actor's school, or None."""
    return AnsweringQuality.objects.filter(permitted_rows(actor, JUDGE_ANSWERING), pk=sitting_id).first()


@dataclass(frozen=True)
class Again:
    """The second sheet that was asked for. `sitting` None: not begun yet."""

    until: datetime
    sitting: Sitting | None

    @property
    def finished(self) -> bool:
        """Handed in."""
        return self.sitting is not None and self.sitting.state == FINISHED


def done_again(sittings: Collection[UUID]) -> dict[UUID, Again]:
    """For each of these first sheets that was asked for again: how far the second one is. Two statements."""
    seconds = Sitting.objects.filter(again_of_id__in=sittings).exclude(state=SET_ASIDE)
    begun = {one.again_of_id: one for one in seconds}
    invited = Reinvitation.objects.filter(first_id__in=sittings, state=INVITED)
    return {one.first_id: Again(one.until, begun.get(one.first_id)) for one in invited}


def _verdicts(actor: Actor, campaign: Campaign) -> QuerySet[AnsweringQuality]:
    return AnsweringQuality.objects.filter(permitted_rows(actor, JUDGE_ANSWERING), campaign=campaign)
