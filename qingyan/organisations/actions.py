"""Changes to places and dates, each in the rhythm permit, check, change, record."""

from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.policy import require
from qingyan.foundation.audit.api import record
from qingyan.organisations.contracts import NewSchool, NewStation, SchoolPage
from qingyan.organisations.models import City, District, Hotline, School, SchoolYear, SpecialDay, Station, Term
from qingyan.organisations.policy import EDIT_SCHOOL, FOUND_CITY, KEEP_CALENDAR, KEEP_PLACES
from qingyan.organisations.rules import Fault, is_slug, readable_under_white, term_faults, year_faults, year_name

WORDS = {
    "ends_before_it_starts": _("结束日期要晚于开始日期。"),
    "year_too_long": _("一个学年不会超过 13 个月，请核对年份。"),
    "year_exists": _("已经有 %(name)s 学年了。"),
    "year_overlaps": _("与 %(name)s 学年的日期重叠。"),
    "outside_the_year": _("学期应在学年之内（%(first)s 至 %(last)s）。"),
    "term_overlaps": _("与本学年的另一学期重叠。"),
    "term_exists": _("这个学年已经有这个学期了。"),
    "day_exists": _("这一天已经登记过了。"),
    "city_exists": _("已经有%(name)s了；一个安装只有一个市。"),
    "slug_shape": _("网址名用 2 到 40 个小写字母、数字和横线，以字母开头。"),
    "slug_taken": _("网址名 %(name)s 已经有人用了。"),
    "name_taken": _("已经有“%(name)s”了。"),
    "colour_too_light": _("这个颜色太浅，上面的白字看不清，请选深一些的颜色。"),
}

# Every pupil's page shows numbers to call from the first day; both are national. The city adds its own.
NATIONAL_HOTLINES = (("全国统一心理援助热线", "12356"), ("青少年服务热线", "12355"))


class Unfit(Exception):
    """The change contradicts a rule; `faults` are sentences for the person who asked."""

    def __init__(self, faults: list[Fault]) -> None:
        self.codes = [fault.code for fault in faults]
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


def add_special_day(*, city: City, day: date, works: bool, title: str, by: Actor, now: datetime) -> SpecialDay:
    """A public holiday of the whole city, or a day made up for one. Raises NotVisible, Unfit when it is known."""
    require(by, KEEP_CALENDAR)
    if SpecialDay.objects.filter(city=city, school__isnull=True, day=day).exists():
        raise Unfit([Fault("day_exists")])
    special = SpecialDay.objects.create(city=city, day=day, works=works, title=title)
    record(
        by=by,
        action="special_day.add",
        subject_kind="special_day",
        subject_id=special.id,
        now=now,
        detail={"day": str(day), "works": works},
    )
    return special


def found_city(*, name: str, by: Actor, now: datetime) -> City:
    """The city of a new installation, with the national hotlines. Raises NotVisible, Unfit when there is one."""
    require(by, FOUND_CITY)
    known = City.objects.first()
    if known is not None:
        raise Unfit([Fault("city_exists", {"name": known.name})])
    city = City.objects.create(name=name)
    Hotline.objects.bulk_create(
        Hotline(city=city, name=title, number=number, position=position)
        for position, (title, number) in enumerate(NATIONAL_HOTLINES)
    )
    _record_new("city", city, by=by, now=now)
    return city


def add_district(*, city: City, name: str, slug: str, by: Actor, now: datetime) -> District:
    """A district of the city. Raises NotVisible, Unfit."""
    require(by, KEEP_PLACES)
    _check_place(name, slug, District.objects.filter(name=name).exists(), District.objects.filter(slug=slug).exists())
    district = District.objects.create(city=city, name=name, slug=slug)
    _record_new("district", district, by=by, now=now)
    return district


def add_school(*, plan: NewSchool, by: Actor, now: datetime) -> School:
    """A school with its sub-site, open at once. Raises NotVisible, Unfit."""
    require(by, KEEP_PLACES)
    named, spelled = School.objects.filter(name=plan.name), School.objects.filter(slug=plan.slug)
    _check_place(plan.name, plan.slug, named.exists(), spelled.exists())
    school = School.objects.create(**asdict(plan))
    _record_new("school", school, by=by, now=now)
    return school


def add_station(*, city: City, plan: NewStation, by: Actor, now: datetime) -> Station:
    """A guidance station. Raises NotVisible, Unfit."""
    require(by, KEEP_PLACES)
    if Station.objects.filter(name=plan.name).exists():
        raise Unfit([Fault("name_taken", {"name": plan.name})])
    station = Station.objects.create(city=city, **asdict(plan) | {"rooms": [*plan.rooms]})
    _record_new("station", station, by=by, now=now)
    return station


def _check_place(name: str, slug: str, name_is_taken: bool, slug_is_taken: bool) -> None:
    faults = []
    if not is_slug(slug):
        faults.append(Fault("slug_shape"))
    elif slug_is_taken:
        faults.append(Fault("slug_taken", {"name": slug}))
    if name_is_taken:
        faults.append(Fault("name_taken", {"name": name}))
    if faults:
        raise Unfit(faults)


def _record_new(kind: str, place: City | District | School | Station, *, by: Actor, now: datetime) -> None:
    record(by=by, action=f"{kind}.add", subject_kind=kind, subject_id=place.pk, now=now, detail={"name": place.name})


def _differs(school: School, page: SchoolPage, name: str) -> bool:
    return getattr(school, name) != getattr(page, name)
