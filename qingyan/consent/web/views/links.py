"""Guardians' codes of one class: who has one, new ones as PDF papers, void. A code is shown on the paper only."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from qingyan.consent.actions import links as actions
from qingyan.consent.policy import ISSUE_LINKS
from qingyan.consent.queries.coverage import ClassLine, PupilLine, coverage_of_class
from qingyan.consent.queries.links import with_valid_link
from qingyan.consent.queries.purposes import SCREENING
from qingyan.consent.queries.texts import titles_asked
from qingyan.consent.web.guardian_forms import ONE_LINK, IssueLinksForm
from qingyan.consent.web.slips_pdf import slips_pdf
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column

LINK_COLUMNS = [Column("", lazy("姓名")), Column("", lazy("家长回执码")), Column("", lazy("操作"), hidden=True)]


@requires(ISSUE_LINKS)
def links(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """One class: issue for all, or again for one."""
    return _page(request, _line_or_404(request, class_id), IssueLinksForm())


@requires(ISSUE_LINKS)
@require_POST
def issue(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """New codes, as papers to print and cut."""
    line, form = _line_or_404(request, class_id), IssueLinksForm(request.POST)
    if not form.is_valid():
        return _page(request, line, form)
    if not titles_asked(request.school.id):
        messages.error(request, _("学校还没有发布知情同意书，请先发布，再打印家长纸条。"))
        return redirect("consent:links", slug=slug, class_id=class_id)
    only = [one.student for one in line.missing] if form.cleaned_data["only_missing"] else None
    now = timezone.now()
    try:
        made = actions.issue(class_id=class_id, validity=form.validity, by=request.actor, now=now, only=only)
    except actions.NobodyToAsk:
        messages.info(request, _("这个班没有需要再问的家长。要给全班重新发放，请去掉“只给还没收到回执的学生”。"))
        return redirect("consent:links", slug=slug, class_id=class_id)
    return slips_pdf(request, made, str(line.school_class))


@requires(ISSUE_LINKS)
@require_POST
def reissue(request: HttpRequest, slug: str, class_id: int, student_id: UUID) -> HttpResponse:
    """A new code for one pupil's guardians, as a paper to print."""
    line = _line_or_404(request, class_id)
    asked = _pupil_or_404(line, student_id).student
    if not titles_asked(request.school.id):
        messages.error(request, _("学校还没有发布知情同意书，请先发布，再打印家长纸条。"))
        return redirect("consent:links", slug=slug, class_id=class_id)
    made = actions.reissue(student=asked, validity=ONE_LINK, by=request.actor, now=timezone.now())
    return slips_pdf(request, [made], str(line.school_class))


@requires(ISSUE_LINKS)
@require_POST
def void(request: HttpRequest, slug: str, class_id: int, student_id: UUID) -> HttpResponse:
    """The pupil's codes open nothing any more."""
    asked = _pupil_or_404(_line_or_404(request, class_id), student_id).student
    actions.void(student=asked, by=request.actor, now=timezone.now())
    messages.success(request, _("家长回执码已作废。"))
    return redirect("consent:links", slug=slug, class_id=class_id)


def _page(request: HttpRequest, line: ClassLine, form: IssueLinksForm) -> HttpResponse:
    having = with_valid_link([one.student for one in line.pupils], now=timezone.now())
    rows = [(one, one.student in having) for one in line.pupils]
    context = {"line": line, "rows": rows, "columns": LINK_COLUMNS, "form": form}
    return render(request, "consent/links.html", context, status=422 if form.errors else 200)


def _line_or_404(request: HttpRequest, class_id: int) -> ClassLine:
    line = coverage_of_class(request.actor, class_id, SCREENING, now=timezone.now())
    if line is None:
        raise Http404
    return line


def _pupil_or_404(line: ClassLine, student_id: UUID) -> PupilLine:
    found = next((one for one in line.pupils if one.student == student_id), None)
    if found is None:
        raise Http404
    return found
