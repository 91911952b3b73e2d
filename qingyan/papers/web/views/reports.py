"""A school's monthly reports: the list, one report with what can be done now, its file. Counts only."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed, Step
from qingyan.foundation.web.listing import page_of
from qingyan.papers.actions import reporting as actions
from qingyan.papers.actions.printing import KINDS, PDF
from qingyan.papers.models import MonthlyReport
from qingyan.papers.policy import KEEP_REPORT, READ_REPORT
from qingyan.papers.queries.heading import heading, mark_of
from qingyan.papers.queries.reports import facts, has_report, report_of, reports_of
from qingyan.papers.rules.data import Printed
from qingyan.papers.rules.dictionaries import monthly_report
from qingyan.papers.rules.forms import MONTH
from qingyan.papers.rules.months import month_named, month_of, total
from qingyan.papers.web.files import paper_response
from qingyan.papers.web.forms import BackForm, CheckForm
from qingyan.papers.workflow import REPORT

WITH_FORM: dict[str, type[Form]] = {"check": CheckForm, "send_back": BackForm, "correct": BackForm}


@requires(READ_REPORT)
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """The reports by month, and last month's if it is still to be made."""
    last = month_of(timezone.localdate()).before
    context = {
        "page": page_of(reports_of(request.actor), request.GET),
        "last": last,
        "missing": not has_report(request.actor, last),
        "may_make": allowed(request.actor, KEEP_REPORT),
    }
    return render(request, "papers/reports.html", context)


@requires(KEEP_REPORT)
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """Count a month that has ended."""
    month = month_named(request.POST.get("month", ""), today=timezone.localdate())
    try:
        report = actions.make(month=month, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.info(request, _("这个月已经有月报了。"))
        return redirect("papers:reports", slug=slug)
    return redirect("papers:report", slug=slug, report_id=report.id)


@requires(READ_REPORT)
def report(request: HttpRequest, slug: str, report_id: UUID) -> HttpResponse:
    """The counts, who has done what, what can be done now."""
    found = report_of(request.actor, report_id)
    return _shown(request, found, _steps(request, found))


@requires(READ_REPORT)
@require_POST
def step(request: HttpRequest, slug: str, report_id: UUID, verb: str) -> HttpResponse:
    """Take a step."""
    found = report_of(request.actor, report_id)
    form = WITH_FORM[verb](request.POST) if verb in WITH_FORM else None
    steps = _steps(request, found)
    if form is not None and not form.is_valid() and verb in steps:
        return _shown(request, found, steps | {verb: (steps[verb][0], form)}, status=422)
    given = form.cleaned_data if form else {}
    try:
        actions.step(report=found, verb=verb, given=given, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.warning(request, _("没有保存：还缺内容，或者月报已经到了另一步。"))
    else:
        messages.success(request, _("已记下。"))
    return redirect("papers:report", slug=slug, report_id=report_id)


def _steps(request: HttpRequest, found: MonthlyReport) -> dict[str, tuple[Step, Form | None]]:
    """What this person may do with the report now, by verb, each with its form."""
    here = [one for one in REPORT.steps_from(found.state) if allowed(request.actor, actions.STEPS[one.verb], found)]
    return {
        one.verb: (one, WITH_FORM[one.verb](initial=found.counts) if one.verb in WITH_FORM else None) for one in here
    }


def _shown(request: HttpRequest, found: MonthlyReport, steps: dict, *, status: int = 200) -> HttpResponse:
    """The page; a form that cannot be used comes back with what was typed."""
    lines = [{"step": one, "form": form} for one, form in steps.values()]
    context = {"report": found, "steps": lines, "total": total(found.counts), "month": month_of(found.month)}
    return render(request, "papers/report.html", context, status=status)


@requires(READ_REPORT)
@require_safe
def report_file(request: HttpRequest, slug: str, report_id: UUID, kind: str) -> HttpResponse:
    """The report as PDF or Word."""
    found, now = report_of(request.actor, report_id), timezone.now()
    wanted = kind if kind in KINDS else PDF
    actions.print_report(report=found, kind=wanted, by=request.actor, now=now)
    data = monthly_report(facts(found), **heading(request.actor, now))
    return paper_response(request, Printed(MONTH, data, mark_of(request.actor, now)), wanted)
