"""The city overview for its officer and, limited to the own district, for a district lead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, asked_for, heads, kept, order_of, page_of
from qingyan.foundation.web.workbook import workbook, workbook_response
from qingyan.organisations.models import SchoolKind
from qingyan.organisations.policy import KEEP_CALENDAR, KEEP_PLACES, SEE_CITY
from qingyan.organisations.queries import city as overview
from qingyan.organisations.queries import places

COLUMNS = (
    Column("name", gettext_lazy("学校")),
    Column("district", gettext_lazy("区")),
    Column("kind", gettext_lazy("类别")),
    Column("", gettext_lazy("心理辅导室")),
    Column("teachers", gettext_lazy("心理教师"), numeric=True),
    Column("qualified", gettext_lazy("有职称或证书"), numeric=True),
    Column("", gettext_lazy("配备")),
)


@requires(SEE_CITY)
def city(request: HttpRequest) -> HttpResponse:
    """Districts, schools, stations, psychology teachers, at a glance."""
    rows = overview.school_rows(request.actor)
    order = order_of(request.GET, COLUMNS, "district")
    wanted = _filter(request)
    shown = order.sort([row for row in rows if wanted.keeps(row)], by=overview.SORTS[order.key])
    context = {
        "figures": overview.figures(rows),
        "page": page_of(shown, request.GET, size=50),
        "columns": heads(request.GET, COLUMNS, order),
        "query": kept(request.GET),
        "wanted": wanted,
        "districts": places.districts(),
        "kinds": SchoolKind.choices,
        "stations": places.stations_for(request.actor),
        "keeps_places": allowed(request.actor, KEEP_PLACES),
        "keeps_calendar": allowed(request.actor, KEEP_CALENDAR),
    }
    return render(request, "organisations/city.html", context)


@requires(SEE_CITY)
def schools_workbook(request: HttpRequest) -> HttpResponse:
    """The same table as a spreadsheet, with the same filter."""
    wanted = _filter(request)
    rows = [row for row in overview.school_rows(request.actor) if wanted.keeps(row)]
    headings = [_("学校"), _("区"), _("类别"), _("心理辅导室"), _("专职"), _("兼职"), _("有职称或证书"), _("配备")]
    stamp = f"{request.actor.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    content = workbook(title=_("学校一览"), headings=headings, rows=[_cells(row) for row in rows], foot=stamp)
    return workbook_response(content, file_name="schools.xlsx")


def _cells(row: overview.SchoolRow) -> list:
    school, staff = row.school, row.staff
    return [
        school.name,
        school.district.name,
        str(school.get_kind_display()),
        school.counselling_room,
        staff.full_time,
        staff.part_time,
        staff.qualified,
        _("已达到") if row.complies else _("未达到"),
    ]


def _filter(request: HttpRequest) -> overview.SchoolFilter:
    asked = request.GET
    return overview.SchoolFilter(
        name=asked_for(asked, "name"),
        district=asked_for(asked, "district"),
        kind=asked_for(asked, "kind"),
        lacking=asked.get("lacking") == "yes",
    )
