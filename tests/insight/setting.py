"""Shortcuts: rounds that are over with scored sheets, counted and told. Not a test."""

from datetime import timedelta

from django.utils import timezone

from qingyan.foundation.access.scope import entered
from qingyan.insight.actions.counting import count_rounds, count_terms
from qingyan.insight.jobs import build
from qingyan.insight.models import ReleasedCell
from qingyan.instruments import api as instruments
from qingyan.screening.models import Result, Sitting
from tests.factories.city import Cast, Place, make_pupil

CODE = "phq-a"


def sheets(cast: Cast, campaign, place: Place, *, reached: int, rest: int) -> None:
    """Scored sheets of new pupils of the place's first class; the first `reached` of them reached the cut-off."""
    plan, now = instruments.plan(CODE), timezone.now() - timedelta(hours=2)
    with entered(cast.platform(place)):
        for number in range(reached + rest):
            pupil = make_pupil(place.class_a, f"甲{number}", 2010)
            owned = {"student": pupil, "school": place.school, "school_class": place.class_a, "campaign": campaign}
            facts = {"instrument": CODE, "version": plan.version}
            sitting = Sitting.objects.create(state="finished", started_at=now, finished_at=now, **facts, **owned)
            Result.objects.create(
                sitting=sitting,
                instrument_hash=plan.digest,
                rule_version="1",
                values={"total": 0},
                screen={"outcome": number < reached},
                scored_at=now,
                **facts,
                **owned,
            )


def over(campaign):
    """Close the round."""
    type(campaign).objects.filter(id=campaign.id).update(state="closed", closes_at=timezone.now() - timedelta(hours=1))
    return campaign


def built() -> int:
    """What the jobs do, at once."""
    return build(count_rounds, count_terms)


def told(level: str, place: int, topic: str) -> dict[tuple[str, str], int | None]:
    """What stands told, by sex and category."""
    rows = ReleasedCell.objects.filter(
        table__level=level, table__place=place, table__topic=topic, table__current=True
    ).values_list("sex", "category", "shown")
    return {(sex, category): shown for sex, category, shown in rows}
