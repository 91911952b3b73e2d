"""Told tables of every place, so that boards have something to show. Figures invented."""

from django.utils import timezone

from qingyan.insight.models import ReleasedCell, ReleasedTable
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
