"""The front door of organisations: places, dates, hotlines; and where higher domains register what they know."""

from datetime import date, datetime

from django.utils import timezone

from qingyan.organisations.actions import Unfit, found_city
from qingyan.organisations.class_codes import ensure_classes
from qingyan.organisations.contracts import ClassFacts, Staffing
from qingyan.organisations.models import GRADE_NAMES, City, District, School, SchoolClass, SchoolYear, Stage, Term
from qingyan.organisations.queries import places
from qingyan.organisations.queries.places import (
    all_schools,
    districts,
    hotlines,
    school_by_slug,
    school_ids,
    school_ids_of,
    schools_by_id,
    stations_for,
    terms,
    the_city,
)
from qingyan.organisations.queries.registered import (
    register_class_facts,
    register_staffing,
    register_start_page,
    staffing,
)
from qingyan.organisations.rules import stage_of as stage_code

__all__ = [
    "GRADE_NAMES",
    "City",
    "ClassFacts",
    "District",
    "School",
    "SchoolClass",
    "SchoolYear",
    "Staffing",
    "Stage",
    "Term",
    "Unfit",
    "all_schools",
    "classes_of",
    "current_term",
    "current_year",
    "districts",
    "ensure_classes",
    "found_city",
    "grade_name",
    "hotlines",
    "register_class_facts",
    "register_staffing",
    "register_start_page",
    "school_by_slug",
    "school_ids",
    "school_ids_of",
    "schools_by_id",
    "special_days",
    "staffing",
    "stage_of",
    "stations_for",
    "term_spans",
    "terms",
    "the_city",
]


def current_year(now: datetime) -> SchoolYear | None:
    """The school year at this moment, local time; in a gap between years the one before it. None before the first."""
    return places.current_year(timezone.localdate(now))


def current_term(now: datetime) -> Term | None:
    """The term at this moment, or None in the holidays."""
    return places.current_term(timezone.localdate(now))


def classes_of(school_id: int, *, now: datetime) -> list[SchoolClass]:
    """The classes of a school in the present school year, by grade and number."""
    return places.classes_of(school_id, current_year(now))


def special_days(school_id: int, first: date, last: date) -> dict[date, bool]:
    """Days of this span that are not as their weekday says, and whether the school works on them."""
    return {day: row.works for day, row in places.special_days(school_id, first, last).items()}


def term_spans() -> list[tuple[date, date]]:
    """First and last day of every term, in order of time."""
    return [(term.starts_on, term.ends_on) for term in terms()]


def grade_name(grade: int) -> str:
    """The usual name of a grade, 0 (kindergarten) to 12. Raises KeyError."""
    return GRADE_NAMES[grade]


def stage_of(grade: int, kind: str) -> Stage:
    """The stage of schooling of a grade at a kind of school. Raises ValueError outside 0-12."""
    return Stage(stage_code(grade, kind))
