"""The rounds of a school as parents may read them: what is asked of which grades. No person, nothing in preparation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qingyan.instruments import api as instruments
from qingyan.instruments.contracts import ForParents, Language
from qingyan.organisations.api import classes_of
from qingyan.screening.models import Campaign, CampaignInstrument
from qingyan.screening.queries.burden import grades_in_words
from qingyan.screening.workflow import OPEN


@dataclass(frozen=True)
class AskedOfGrades:
    """One instrument, and the grades of this school that are asked it."""

    instrument: ForParents
    grades: str


@dataclass(frozen=True)
class RoundForParents:
    """A round with its instruments."""

    campaign: Campaign
    asked: list[AskedOfGrades]


def announced(school_id: int, *, now: datetime, language: Language) -> list[RoundForParents]:
    """The open rounds at this school, also those whose first day is still to come, the next to end first."""
    at = Q(school_id=school_id) | Q(school_id__isnull=True)
    rounds = list(Campaign.objects.filter(at, state=OPEN, closes_at__gt=now).order_by("closes_at", "id"))
    return [one for one in _with_instruments(rounds, _grades(school_id, now), language) if one.asked]


def announced_round(school_id: int, campaign_id: UUID, *, now: datetime, language: Language) -> RoundForParents | None:
    """One of them, or None."""
    return next(
        (one for one in announced(school_id, now=now, language=language) if one.campaign.id == campaign_id), None
    )


def as_parents_will_read(campaign: Campaign, *, language: Language) -> RoundForParents:
    """A round in any state, for whoever prepares it: all grades."""
    return _with_instruments([campaign], range(1, 13), language)[0]


def _with_instruments(rounds: list[Campaign], here: Iterable[int], language: Language) -> list[RoundForParents]:
    grades = set(here)
    rows = CampaignInstrument.objects.filter(campaign__in=rounds).order_by("position")
    asked: dict[UUID, list[AskedOfGrades]] = {one.id: [] for one in rounds}
    for row in rows:
        met = grades.intersection(range(row.grade_from, row.grade_to + 1))
        if met:
            shown = instruments.for_parents(row.instrument, row.version, language)
            asked[row.campaign_id].append(AskedOfGrades(shown, grades_in_words(met)))
    return [RoundForParents(one, asked[one.id]) for one in rounds]


def _grades(school_id: int, now: datetime) -> set[int]:
    return {one.grade for one in classes_of(school_id, now=now)}
