"""Live boards: sheets begun and handed in today by the hour, and since the beginning, by school. Counts of sheets only.

At a school the counts are exact. For district and city they come over the bureau's connection, small ones are hidden
and the others rounded (rules/disclosure). Counting functions: migration 0004.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, connections
from django.utils import timezone

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.organisations.api import District, School
from qingyan.screening.models import Campaign
from qingyan.screening.policy import READ_PROGRESS, WATCH_CITY, cities_of
from qingyan.screening.rules.disclosure import rounded, total
from qingyan.screening.workflow import DRAFT

COLUMNS = "school_id, hour, started, finished"
HERE = f"SELECT {COLUMNS} FROM counting.sheets_by_hour_here(%s, %s)"
EVERYWHERE = f"SELECT {COLUMNS} FROM counting.sheets_by_hour(%s, %s)"
NONE = [0, 0]
Counted = tuple[int, datetime | None, int, int]


@dataclass(frozen=True)
class HourLine:
    """One hour of today; None where the count is too small to be shown."""

    label: str
    started: int | None
    finished: int | None


@dataclass(frozen=True)
class PlaceLine:
    """One school since the round began."""

    name: str
    started: int | None
    finished: int | None


@dataclass(frozen=True)
class Live:
    """A board at one moment. `places` is empty at a school."""

    at: datetime
    hours: tuple[HourLine, ...]
    places: tuple[PlaceLine, ...]
    started: int
    finished: int


def live_here(actor: Actor, campaign: Campaign, *, now: datetime) -> Live:
    """The actor's school, exact. Raises NotVisible."""
    require(actor, READ_PROGRESS)
    with connection.cursor() as cursor:
        cursor.execute(HERE, [campaign.id, _morning(now)])
        found: list[Counted] = cursor.fetchall()
    sums = [row for row in found if row[1] is None]
    hours = tuple(HourLine(*line) for line in _by_hour(found, now))
    return Live(now, hours, (), sum(row[2] for row in sums), sum(row[3] for row in sums))


def live_above(actor: Actor, campaign: Campaign, *, now: datetime) -> Live:
    """The schools of the officer's city or the lead's district: small counts hidden, the others rounded."""
    require(actor, WATCH_CITY, campaign)
    schools = {school.id: school for school in _schools(actor)}
    with connections["bureau"].cursor() as cursor:
        cursor.execute(EVERYWHERE, [campaign.id, _morning(now)])
        found: list[Counted] = [row for row in cursor.fetchall() if row[0] in schools]
    places = tuple(
        PlaceLine(schools[school].name, rounded(started), rounded(finished))
        for school, hour, started, finished in sorted(found, key=lambda row: schools[row[0]].name)
        if hour is None
    )
    hours = tuple(
        HourLine(label, rounded(started), rounded(finished)) for label, started, finished in _by_hour(found, now)
    )
    return Live(now, hours, places, total(one.started for one in places), total(one.finished for one in places))


def rounds_to_watch(actor: Actor) -> list[Campaign]:
    """The city's rounds that are or were open, the newest first. Raises NotVisible."""
    require(actor, WATCH_CITY)
    cities = cities_of(actor) | set(_districts(actor).values_list("city_id", flat=True))
    return list(Campaign.objects.filter(city_id__in=cities).exclude(state=DRAFT).order_by("-opens_at")[:20])


def round_to_watch(actor: Actor, campaign_id: UUID) -> Campaign | None:
    """One of them, or None."""
    return next((one for one in rounds_to_watch(actor) if one.id == campaign_id), None)


def _by_hour(found: Iterable[Counted], now: datetime) -> list[tuple[str, int, int]]:
    """(label, begun, handed in) for every hour from the first of today with a sheet to this one."""
    sums: dict[int, list[int]] = {}
    for _, hour, started, finished in found:
        if hour is not None:
            line = sums.setdefault(timezone.localtime(hour).hour, [0, 0])
            line[0] += started
            line[1] += finished
    if not sums:
        return []
    last = max(timezone.localtime(now).hour, *sums)
    return [(f"{hour:02d}:00", sums.get(hour, NONE)[0], sums.get(hour, NONE)[1]) for hour in range(min(sums), last + 1)]


def _morning(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _districts(actor: Actor):
    return District.objects.filter(id__in={post.district_id for post in actor.posts_here if post.district_id})


def _schools(actor: Actor) -> list[School]:
    """An officer of the city looks at all of it, a lead at the own district."""
    cities = cities_of(actor)
    rows = School.objects.filter(district__city_id__in=cities) if cities else School.objects.none()
    return list(rows if cities else School.objects.filter(district__in=_districts(actor)))
