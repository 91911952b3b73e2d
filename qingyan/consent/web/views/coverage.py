"""How far guardians' answers are, the list to chase, and keying in the papers of a class. Statuses only."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qingyan.consent.actions.recording import NoText, key_in
from qingyan.consent.contracts import Status
from qingyan.consent.policy import ISSUE_LINKS, KEY_IN, READ_COVERAGE, READ_LEDGER
from qingyan.consent.queries.coverage import ClassLine, coverage, coverage_of_class
from qingyan.consent.queries.purposes import SCREENING, purpose, purposes
from qingyan.consent.web.forms import PapersForm
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, asked_for
from qingyan.foundation.web.workbook import workbook, workbook_response

STATUS_WORDS = {
    Status.GIVEN: lazy("已收到"),
    Status.MISSING: lazy("还没收到"),
    Status.NOT_NEEDED: lazy("不用再收"),
}
CLASS_COLUMNS = [
    Column("", lazy("班级")),
    Column("", lazy("已收到"), numeric=True),
    Column("", lazy("还没收到"), numeric=True),
    Column("", lazy("不用再收"), numeric=True),
]
PUPIL_COLUMNS = [Column("", lazy("姓名")), Column("", lazy("家长回执"))]
PAPER_COLUMNS = [
    Column("", lazy("姓名")),
    Column("", lazy("现在")),
    Column("", lazy("回执上写的")),
    Column("", lazy("谁签的字")),
]


@requires(READ_COVERAGE)
def classes(request: HttpRequest, slug: str) -> HttpResponse:
    """Every class that the actor may see, in counts."""
    chosen = _purpose(request)
    rows = coverage(request.actor, chosen, now=timezone.now())
    context = {"rows": rows, "columns": CLASS_COLUMNS, "purpose": purpose(chosen), "tabs": _tabs(chosen)}
    return render(request, "consent/coverage.html", context)


@requires(READ_COVERAGE)
def coverage_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The list by pupil as XLSX: class, name, status."""
    chosen, now = _purpose(request), timezone.now()
    rows = [
        (str(line.school_class), pupil.name, str(STATUS_WORDS[pupil.status]))
        for line in coverage(request.actor, chosen, now=now)
        for pupil in line.pupils
    ]
    at = timezone.localtime(now).strftime("%Y-%m-%d %H:%M")
    foot = _("%(name)s 于 %(at)s 导出") % {"name": request.actor.name, "at": at}
    headings = [_("班级"), _("姓名"), _("家长回执")]
    return workbook_response(workbook(title=_("回执"), headings=headings, rows=rows, foot=foot), file_name="slips.xlsx")


@requires(READ_COVERAGE)
def class_list(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """One class by pupil."""
    context = _context(request, class_id) | {"columns": PUPIL_COLUMNS, "may_key_in": allowed(request.actor, KEY_IN)}
    context |= {"may_issue": allowed(request.actor, ISSUE_LINKS), "may_open": allowed(request.actor, READ_LEDGER)}
    return render(request, "consent/class_list.html", context)


@requires(READ_COVERAGE)
def missing(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """Whose answer is still to come, to print."""
    return render(request, "consent/missing.html", _context(request, class_id))


@requires(KEY_IN)
@require_http_methods(["GET", "POST"])
def papers(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """The whole class on one page; lines that are left alone change nothing."""
    context = _context(request, class_id)
    line: ClassLine = context["line"]
    initial = {"said_on": timezone.localdate()}
    form = PapersForm(request.POST or None, pupils=line.pupils, initial=initial)
    if form.is_valid():
        return _keep(request, line, form)
    context |= {"form": form, "columns": PAPER_COLUMNS}
    return render(request, "consent/papers.html", context, status=422 if form.is_bound else 200)


def _keep(request: HttpRequest, line: ClassLine, form: PapersForm) -> HttpResponse:
    chosen, here = _purpose(request), line.school_class
    try:
        count = key_in(school_class=here, purpose=chosen, papers=form.papers, by=request.actor, now=timezone.now())
    except NoText:
        messages.error(request, _("学校还没有发布这一项的知情同意书，请先由学校管理员发布。"))
    else:
        messages.success(request, ngettext("已录入 %(n)s 份回执。", "已录入 %(n)s 份回执。", count) % {"n": count})
    response = redirect("consent:class_list", slug=request.school.slug, class_id=here.id)
    response["Location"] += f"?purpose={chosen}"
    return response


def _context(request: HttpRequest, class_id: int) -> dict:
    chosen = _purpose(request)
    line = coverage_of_class(request.actor, class_id, chosen, now=timezone.now())
    if line is None:
        raise Http404
    rows = [(pupil, STATUS_WORDS[pupil.status]) for pupil in line.pupils]
    return {"line": line, "rows": rows, "purpose": purpose(chosen)}


def _purpose(request: HttpRequest) -> str:
    """The purpose in the address; an unknown one is screening."""
    asked = asked_for(request.GET, "purpose")
    return asked if asked in purposes() else SCREENING


def _tabs(chosen: str) -> list[dict]:
    return [
        {"label": one.title, "url": f"?purpose={one.code}", "current": one.code == chosen, "count": None}
        for one in purposes().values()
    ]
