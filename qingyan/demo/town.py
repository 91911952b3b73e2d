"""Writes the places of the demo: city, districts, schools, classes, stations, hotlines, school year. No person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from qingyan.demo import places
from qingyan.demo.places import SchoolPlan
from qingyan.demo.roll import ClassPlan
from qingyan.organisations.models import City, District, Hotline, School, SchoolClass, SchoolYear, Station, Term

Rolls = Mapping[str, Sequence[ClassPlan]]


@dataclass(frozen=True)
class Town:
    """What was written: rows by slug, classes by (school slug, grade, number)."""

    city: City
    year: SchoolYear
    districts: Mapping[str, District]
    schools: Mapping[str, School]
    classes: Mapping[tuple[str, int, int], SchoolClass]


def year_of(now: datetime) -> int:
    """The calendar year in which the present school year began (1 September, local time)."""
    today = timezone.localdate(now)
    return today.year if today.month >= 9 else today.year - 1


def demo_city() -> City | None:
    """The demo city, if it has been written."""
    return City.objects.filter(name=places.CITY_NAME, demo=True).first()


def build(schools: Sequence[SchoolPlan], rolls: Rolls, *, now: datetime) -> Town:
    """Write all places. A transaction must be open."""
    city = City.objects.create(name=places.CITY_NAME, demo=True)
    Hotline.objects.bulk_create(
        Hotline(city=city, name=name, number=number, hours=hours, position=position)
        for position, (name, number, hours) in enumerate(places.HOTLINES)
    )
    year = _year(year_of(now))
    districts = {slug: District.objects.create(city=city, name=name, slug=slug) for slug, name in places.DISTRICTS}
    built = School.objects.bulk_create(_school(plan, districts) for plan in schools)
    by_slug = {school.slug: school for school in built}
    _stations(city, districts, by_slug)
    return Town(city, year, districts, by_slug, _classes(by_slug, rolls, year))


def _year(first: int) -> SchoolYear:
    """The school year, taken as it is if somebody has made it already, and its two terms."""
    year, made = SchoolYear.objects.get_or_create(
        name=f"{first}—{first + 1}", defaults={"starts_on": date(first, 9, 1), "ends_on": date(first + 1, 8, 31)}
    )
    if made:
        autumn = Term(school_year=year, ordinal=1, starts_on=date(first, 9, 1), ends_on=date(first + 1, 1, 24))
        spring = Term(school_year=year, ordinal=2, starts_on=date(first + 1, 2, 22), ends_on=date(first + 1, 7, 9))
        Term.objects.bulk_create([autumn, spring])
    return year


def _school(plan: SchoolPlan, districts: Mapping[str, District]) -> School:
    return School(
        district=districts[plan.district],
        name=plan.name,
        short_name=plan.short_name,
        slug=plan.slug,
        kind=plan.kind,
        accent=plan.accent,
        welcome=places.WELCOME.format(name=plan.short_name),
        counselling_room=plan.counselling_room,
    )


def _stations(city: City, districts: Mapping[str, District], schools: Mapping[str, School]) -> None:
    Station.objects.bulk_create(
        Station(
            city=city,
            district=districts.get(plan.district),
            host_school=schools.get(plan.host),
            name=plan.name,
            rooms=list(places.ROOMS),
            opening_hours=plan.opening_hours,
            address=plan.address,
        )
        for plan in places.STATIONS
    )


def last_year(town: Town, rolls: Rolls) -> None:
    """Write the school year before, and the classes that its pupils were in. A transaction must be open."""
    _classes(town.schools, rolls, _year(town.year.starts_on.year - 1))


def _classes(schools: Mapping[str, School], rolls: Rolls, year: SchoolYear) -> dict[tuple[str, int, int], SchoolClass]:
    made = SchoolClass.objects.bulk_create(
        SchoolClass(school=schools[slug], school_year=year, grade=plan.grade, number=plan.number, code=plan.code)
        for slug, roll in rolls.items()
        for plan in roll
    )
    slugs = {school.id: slug for slug, school in schools.items()}
    return {(slugs[one.school_id], one.grade, one.number): one for one in made}
