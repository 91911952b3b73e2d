"""Changes to places and dates, each in the rhythm permit, check, change, record."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.organisations.contracts import SchoolPage
from qingyan.organisations.models import School, SchoolYear, Term
from qingyan.organisations.policy import EDIT_SCHOOL, KEEP_CALENDAR
from qingyan.organisations.rules import Fault, readable_under_white, term_faults, year_faults, year_name

WORDS = {
    "ends_before_it_starts": _("结束日期要晚于开始日期。"),
    "year_too_long": _("一个学年不会超过 13 个月，请核对年份。"),
    "year_exists": _("已经有 %(name)s 学年了。"),
    "year_overlaps": _("与 %(name)s 学年的日期重叠。"),
    "outside_the_year": _("学期应在学年之内（%(first)s 至 %(last)s）。"),
    "term_overlaps": _("与本学年的另一学期重叠。"),
    "term_exists": _("这个学年已经有这个学期了。"),
    "colour_too_light": _("这个颜色太浅，上面的白字看不清，请选深一些的颜色。"),
}


class Unfit(Exception):
    """The change contradicts a rule; `faults` are sentences for the person who asked."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = [WORDS[fault.code] % fault.values for fault in faults]
        super().__init__(" ".join(self.faults))


def edit_school(*, school: School, page: SchoolPage, by: Actor, now: datetime) -> School:
    """The school's own look: short name, colour, welcome, room. Raises NotVisible, Unfit for an unreadable colour."""
    require(by, EDIT_SCHOOL, school)
    if not readable_under_white(page.accent):
        raise Unfit([Fault("colour_too_light")])
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
            detail={"fields": [*changed]},
        )
    return school


def add_school_year(*, starts_on: date, ends_on: date, by: Actor, now: datetime) -> SchoolYear:
    """A new school year, named after its dates. Raises NotVisible, Unfit when it overlaps another."""
    require(by, KEEP_CALENDAR)
    others = [(year.name, year.starts_on, year.ends_on) for year in SchoolYear.objects.all()]
    faults = year_faults(starts_on, ends_on, others)
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
        faults = [Fault("term_exists")]
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
