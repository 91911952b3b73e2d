"""What schools handed in for a month, which are missing, a reminder, and all counts in one file. No person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import Column, page_of
from qingyan.foundation.web.workbook import workbook, workbook_response
from qingyan.papers.actions.reporting import chase as chase_school
from qingyan.papers.actions.reporting import collect
from qingyan.papers.policy import SEE_REPORTS
from qingyan.papers.queries.heading import mark_of
from qingyan.papers.queries.reports import school_lines
from qingyan.papers.rules.months import COUNTED, DUE, EARLY, HANDED, OVERDUE, SINGLE, Month, month_named

STANDING = {HANDED: lazy("已报送"), EARLY: lazy("还没到期"), DUE: lazy("今天到期"), OVERDUE: lazy("已超期")}
LABELS = {
    "opened": lazy("本月新增"),
    "in_care": lazy("月末在管"),
    "closed": lazy("本月结案"),
    "incidents": lazy("危机事件"),
    "referred": lazy("转介"),
    "on_leave": lazy("月末休学"),
}
NUMBERS = (*COUNTED, *SINGLE)


@requires(SEE_REPORTS)
@require_safe
def district_reports(request: HttpRequest) -> HttpResponse:
    """One line a school; the missing ones first."""
    month, today = _month(request), timezone.localdate()
    lines = [
        {
            "line": one,
            "words": STANDING[one.standing],
            "numbers": [(LABELS[name], one.counts.get(name)) for name in NUMBERS],
        }
        for one in school_lines(request.actor, month, today)
    ]
    context = {
        "month": month,
        "page": page_of(lines, request.GET),
        "missing": sum(one["line"].handed_at is None for one in lines),
        "columns": [
            Column("", _("学校")),
            Column("", _("状态")),
            *(Column("", LABELS[one], numeric=True) for one in NUMBERS),
        ],
    }
    return render(request, "papers/district_reports.html", context)


@requires(SEE_REPORTS)
@require_POST
def chase(request: HttpRequest) -> HttpResponse:
    """Remind one school."""
    school, month = request.POST.get("school", ""), _month(request)
    if not school.isdecimal() or len(school) > 9:
        raise Http404
    try:
        chase_school(school_id=int(school), month=month, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.info(request, _("还没到期，或者学校已经报送。"))
    else:
        messages.success(request, _("已提醒学校的心理教师和校领导。"))
    return redirect(reverse("papers:district_reports") + f"?month={month.code}")


@requires(SEE_REPORTS)
@require_safe
def collected(request: HttpRequest) -> HttpResponse:
    """The month of all schools as one sheet; a school that is missing stands in it without numbers."""
    month, now = _month(request), timezone.now()
    collect(month=month, by=request.actor, now=now)
    lines = school_lines(request.actor, month, timezone.localdate(now))
    mark = mark_of(request.actor, now, month.code).words
    rows = [
        [one.school.district.name, one.school.name, str(STANDING[one.standing]), _("零报告") if one.zero else "",
         *(one.counts.get(name) for name in NUMBERS)]
        for one in lines
    ]  # fmt: skip
    headings = [_("区"), _("学校"), _("状态"), _("零报告"), *(str(LABELS[name]) for name in NUMBERS)]
    content = workbook(title=month.code, headings=headings, rows=rows, foot=mark, mark=mark)
    return workbook_response(content, file_name=f"reports-{month.code}.xlsx")


def _month(request: HttpRequest) -> Month:
    asked = request.POST if request.method == "POST" else request.GET
    return month_named(asked.get("month", ""), today=timezone.localdate())
