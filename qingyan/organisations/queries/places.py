"""Reads of places and dates. They hold no person, so the public pages may ask them too."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import permitted_rows
from qingyan.organisations.models import (
    City,
    District,
    Hotline,
    School,
    SchoolClass,
    SchoolYear,
    SpecialDay,
    Station,
    Term,
)
from qingyan.organisations.policy import SEE_CITY, SEE_CLASSES


def school_by_slug(slug: str) -> School | None:
    """The open school of this sub-site, or None."""
    return School.objects.select_related("district__city").filter(slug=slug, opened=True).first()


def schools_by_id(ids: Iterable[int]) -> list[School]:
    """Schools in their usual order."""
    return list(School.objects.filter(id__in=set(ids)))


def school_ids() -> list[int]:
    """Ids of all schools; for work that enters each school's scope in turn."""
    return list(School.objects.order_by("id").values_list("id", flat=True))


def school_ids_of(districts: Iterable[int]) -> list[int]:
    """Ids of the schools of these districts."""
    return list(School.objects.filter(district_id__in=set(districts)).order_by("id").values_list("id", flat=True))


def doors(name: str = "") -> "QuerySet[School]":
    """The open schools whose door the public page shows, by part of the name."""
    wanted = Q(name__icontains=name) | Q(short_name__icontains=name) if name else Q()
    return School.objects.select_related("district").filter(wanted, opened=True)


def hotlines() -> list[Hotline]:
    """The numbers on every pupil's page, in order."""
    return list(Hotline.objects.all())


def current_year(on: date) -> SchoolYear | None:
    """The school year of this day; in a gap between years the one before it."""
    return SchoolYear.objects.filter(starts_on__lte=on).order_by("-starts_on").first()


def current_term(on: date) -> Term | None:
    """The term of this day, or None in the holidays."""
    return Term.objects.select_related("school_year").filter(starts_on__lte=on, ends_on__gte=on).first()


def classes_of(school_id: int, year: SchoolYear | None) -> list[SchoolClass]:
    """The classes of a school in a year, by grade and number."""
    return list(SchoolClass.objects.filter(school_id=school_id, school_year=year)) if year else []


def classes_for(actor: Actor, year: SchoolYear | None) -> "QuerySet[SchoolClass]":
    """The classes that this actor sees at the school of the request: all, or the own ones of a homeroom teacher."""
    rows = SchoolClass.objects.select_related("school").filter(permitted_rows(actor, SEE_CLASSES), school_year=year)
    return rows if actor.classes_here is None else rows.filter(id__in=actor.classes_here)


def years() -> list[SchoolYear]:
    """All school years, the newest first."""
    return list(SchoolYear.objects.all())


def terms() -> list[Term]:
    """All terms with their years, in order of time."""
    return list(Term.objects.select_related("school_year"))


def special_days(school_id: int | None, first: date, last: date) -> dict[date, SpecialDay]:
    """The days of this span that are not as their weekday says; a school's own goes before the city's."""
    here = Q(school__isnull=True) if school_id is None else Q(school__isnull=True) | Q(school_id=school_id)
    rows = SpecialDay.objects.filter(here, day__gte=first, day__lte=last).order_by(F("school_id").asc(nulls_first=True))
    return {row.day: row for row in rows}


def schools_for(actor: Actor) -> "QuerySet[School]":
    """The schools of the city for a city officer, of the district for its lead."""
    return School.objects.select_related("district").filter(permitted_rows(actor, SEE_CITY))


def stations_for(actor: Actor) -> list[Station]:
    """Every station: that of the city serves everybody, and a district may send pupils to another."""
    return list(Station.objects.select_related("district", "host_school"))


def the_city() -> City | None:
    """The city of this installation, or None before it is founded."""
    return City.objects.order_by("id").first()


def city_of_officer() -> City:
    """The city, where there is one: nobody holds a city post before it is founded. Raises City.DoesNotExist."""
    return City.objects.earliest("id")


def all_schools() -> list[School]:
    """Every school with its district, open or not; names of places only."""
    return list(School.objects.select_related("district"))


def districts() -> list[District]:
    """All districts."""
    return list(District.objects.all())
