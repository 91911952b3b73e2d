"""Changes to places and dates, each in the rhythm permit, check, change, record."""

from datetime import date, datetime

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.organisations.contracts import SchoolPage
from qingyan.organisations.models import School, SchoolYear, Term
from qingyan.organisations.policy import EDIT_SCHOOL, KEEP_CALENDAR
from qingyan.organisations.rules import readable_under_white, term_faults, year_faults, year_name


class Unfit(Exception):
    """The change contradicts a rule; `faults` are sentences for the person who asked."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


def edit_school(*, school: School, page: SchoolPage, by: Actor, now: datetime) -> School:
    """The school's own look: short name, colour, welcome, room. Raises NotVisible, Unfit for an unreadable colour."""
    require(by, EDIT_SCHOOL, school)
    if not readable_under_white(page.accent):
        raise Unfit(["这个颜色太浅，上面的白字看不清，请选深一些的颜色。"])
    changed = [name for name in ("short_name", "accent", "welcome", "counselling_room") if _differs(school, page, name)]
    for name in changed:
        setattr(school, name, getattr(page, name))
    if changed:
        school.save(update_fields=changed)
        record(
            by=by,
            action="school.edit",
            subject_kind="school",
            subject_id=school.id,
            now=now,
            detail={"fields": changed},
        )
    return school


def add_school_year(*, starts_on: date, ends_on: date, by: Actor, now: datetime) -> SchoolYear:
    """A new school year, named after its dates. Raises NotVisible, Unfit when it overlaps another."""
    require(by, KEEP_CALENDAR)
    others = [(year.name, year.starts_on, year.ends_on) for year in SchoolYear.objects.all()]
    faults = year_faults(starts_on, ends_on, others)
    if not faults and any(name == year_name(starts_on) for name, _, _ in others):
        faults = [f"已经有 {year_name(starts_on)} 学年了。"]
    if faults:
        raise Unfit(faults)
    year = SchoolYear.objects.create(name=year_name(starts_on), starts_on=starts_on, ends_on=ends_on)
    record(
        by=by,
        action="school_year.add",
        subject_kind="school_year",
        subject_id=year.id,
        now=now,
        detail={"name": year.name},
    )
    return year


def add_term(*, year: SchoolYear, ordinal: int, span: tuple[date, date], by: Actor, now: datetime) -> Term:
    """A term of a year. Raises NotVisible, Unfit when it leaves its year, overlaps the other, or exists."""
    require(by, KEEP_CALENDAR)
    terms = list(Term.objects.filter(school_year=year))
    faults = term_faults(span, (year.starts_on, year.ends_on), [(term.starts_on, term.ends_on) for term in terms])
    if any(term.ordinal == ordinal for term in terms):
        faults = ["这个学年已经有这个学期了。"]
    if faults:
        raise Unfit(faults)
    term = Term.objects.create(school_year=year, ordinal=ordinal, starts_on=span[0], ends_on=span[1])
    record(
        by=by,
        action="term.add",
        subject_kind="term",
        subject_id=term.id,
        now=now,
        detail={"year": year.name, "ordinal": ordinal},
    )
    return term


def _differs(school: School, page: SchoolPage, name: str) -> bool:
    return getattr(school, name) != getattr(page, name)
