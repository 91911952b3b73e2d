"""Told tables of every place, so that boards have something to show. Figures invented."""

from django.utils import timezone

from qingyan.insight.models import ReleasedCell, ReleasedScale, ReleasedTable
from tests.factories.city import Cast


def make_tables(cast: Cast, campaign) -> None:
    """The coverage of this round, of each school, district and the city. A transaction must be open."""
    places = [("city", cast.city.id)]
    for place in (cast.home, cast.other, cast.far):
        places += [("school", place.school.id), ("district", place.school.district_id)]
    for level, number in sorted(set(places)):
        table = ReleasedTable.objects.create(
            level=level,
            place=number,
            topic="coverage",
            round=campaign,
            number=1,
            released_at=timezone.now(),
            digest="0" * 64,
        )
        for category, shown in (("invited", 40), ("finished", 35)):
            ReleasedCell.objects.create(table=table, band="senior", category=category, shown=shown)
        if level != "school":
            _make_explored(level, number, campaign)


def _make_explored(level: str, number: int, campaign) -> None:
    """What the explorer and the analysis of scales show first."""
    head = {"level": level, "place": number, "round": campaign, "number": 1, "digest": "1" * 64}
    table = ReleasedTable.objects.create(topic="levels", released_at=timezone.now(), **head)
    for category, shown in (("reached", 10), ("not_reached", 90), ("undecided", 0)):
        cell = {"part": "phq-a", "band": "senior", "sex": "F", "category": category}
        ReleasedCell.objects.create(table=table, shown=shown, **cell)
    item = {"rest": 0.5, "without": 0.8, "missing": 0, "lowest": 50, "highest": 10}
    told = {"alpha": 0.8, "low": 0.75, "high": 0.85, "standardised": 0.8, "omega": 0.8, "together": 0.4}
    ReleasedScale.objects.create(
        instrument="phq-a",
        version="1.1",
        scale="total",
        position=0,
        sheets=100,
        told=told | {"items": [item | {"position": place} for place in (1, 2, 3)]},
        released_at=timezone.now(),
        **head,
    )
