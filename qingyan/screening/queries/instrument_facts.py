"""What whoever plans should know of an instrument before choosing it: licence, words, ages, the test burden here."""

from dataclasses import dataclass

from django.utils import timezone

from qingyan.instruments import api as instruments
from qingyan.screening.models import Campaign
from qingyan.screening.queries.burden import booked_at, city_of, grades_in_words, limits_of
from qingyan.screening.queries.campaigns import Choice
from qingyan.screening.rules.burden import Booked, Limits, gap_days, half_of, heaviest


@dataclass(frozen=True)
class Facts:
    """Of one instrument at the place of one draft. `nearest`: the round with the same instrument closest in time.

    `booked` items are what the most burdened of the fitting grades is asked already in the term of the draft.
    """

    licence_status: str
    licence: str
    wording: str
    age_read: bool
    ages: tuple[int, int]
    stages: tuple[str, ...]
    nearest: Booked | None
    nearest_grades: str
    days: int
    booked: int
    limits: Limits

    @property
    def too_close(self) -> bool:
        """Whether the same instrument stands nearer than the city allows."""
        return self.nearest is not None and self.days < self.limits.min_days


def facts_of(campaign: Campaign, offered: list[Choice]) -> dict[str, Facts]:
    """For each offered instrument, by code. The days are the draft's, a proposal or settled."""
    booked, limits = booked_at(campaign, besides=campaign.id), limits_of(city_of(campaign))
    return {choice.summary.code: _facts(campaign, choice, booked, limits) for choice in offered}


def _facts(campaign: Campaign, choice: Choice, booked: list[Booked], limits: Limits) -> Facts:
    one = instruments.instrument(choice.summary.code, choice.summary.version)
    opens, closes = timezone.localdate(campaign.opens_at), timezone.localdate(campaign.closes_at)
    planned = Booked(
        "", one.code, len(one.items), range(choice.grades[0], choice.grades[-1] + 1), opens, closes, campaign.school_id
    )
    same = [other for other in booked if other.instrument == one.code and set(other.grades) & set(choice.grades)]
    nearest = min(same, key=lambda other: gap_days(planned, other), default=None)
    term = [other for other in booked if half_of(other.opens) == half_of(opens)]
    sums = [sum(line.items for line in heaviest(o for o in term if grade in o.grades)) for grade in choice.grades]
    return Facts(
        licence_status=one.source.licence_status,
        licence=one.source.licence,
        wording=one.wording.kind,
        age_read=one.audience.age_evidence.read,
        ages=one.audience.ages,
        stages=one.audience.stages,
        nearest=nearest,
        nearest_grades=grades_in_words(set(nearest.grades) & set(choice.grades)) if nearest else "",
        days=gap_days(planned, nearest) if nearest else 0,
        booked=max(sums, default=0),
        limits=limits,
    )
