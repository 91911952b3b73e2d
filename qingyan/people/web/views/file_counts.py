"""Counts of files by state: of one school at /s/<slug>/pupils/counts/, of city or district at /city-files/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, page_of
from qingyan.foundation.web.workbook import workbook, workbook_response
from qingyan.people.policy import COUNT_ALL_FILES, COUNT_FILES
from qingyan.people.queries import file_counts as queries

COLUMNS = [
    Column("", lazy("地点")),
    *(
        Column("", label, numeric=True)
        for label in (
            lazy("档案"), lazy("在籍"), lazy("在校"), lazy("休学"), lazy("毕业"), lazy("离校"), lazy("已合并"),
            lazy("等待转出"),
        )
    ),
]  # fmt: skip


@require_GET
@requires(COUNT_FILES)
def school_counts(request: HttpRequest, slug: str) -> HttpResponse:
    """The school's own counts, every one of them."""
    return render(request, "people/file_counts.html", {"counts": queries.counts_here()})


@require_GET
@requires(COUNT_ALL_FILES)
def city_counts(request: HttpRequest) -> HttpResponse:
    """City (or district) explained: how many files, in which state, where."""
    whole, districts, schools = queries.counts_everywhere(request.actor)
    context = {
        "whole": whole,
        "whole_city": queries.sees_whole_city(request.actor),
        "districts": districts,
        "page": page_of(schools, request.GET, size=50),
        "columns": COLUMNS,
    }
    return render(request, "people/city_file_counts.html", context)


@require_GET
@requires(COUNT_ALL_FILES)
def city_counts_workbook(request: HttpRequest) -> HttpResponse:
    """The lines of districts and schools as a workbook, small numbers hidden as on the page."""
    _whole, districts, schools = queries.counts_everywhere(request.actor)
    stamp = f"{request.actor.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    content = workbook(
        title=_("档案数量"),
        headings=[str(column.label) for column in COLUMNS],
        rows=[_cells(line) for line in (*districts, *schools)],
        foot=stamp,
    )
    return workbook_response(content, file_name="files.xlsx")


def _cells(line: queries.PlaceLine) -> list:
    counts = line.counts
    present, away = ("—", _("不显示")) if line.hidden else (counts.enrolled, counts.on_leave)
    return [
        line.name, counts.total, counts.at_school, present, away, counts.graduated, counts.left, counts.merged,
        counts.waiting_out,
    ]  # fmt: skip
