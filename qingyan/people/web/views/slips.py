"""Slips at /s/<slug>/slips/: classes, one class, and the sheet to print. Codes are shown once, on the sheet."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column
from qingyan.people.actions import slips as actions
from qingyan.people.models import Student
from qingyan.people.policy import MANAGE_SLIPS
from qingyan.people.queries.slips import classes_with_slips, school_class, slips_of_class, student_for_slip
from qingyan.people.web.drawings import drawn_pictures
from qingyan.people.web.forms import IssueForm

ONE_SLIP = timedelta(days=14)
CLASS_COLUMNS = [
    Column("", lazy("选择")),
    Column("", lazy("班级")),
    Column("", lazy("班级码")),
    Column("", lazy("学生"), numeric=True),
    Column("", lazy("有效登录条"), numeric=True),
    Column("", lazy("操作"), hidden=True),
]
PUPIL_COLUMNS = [Column("", lazy("姓名")), Column("", lazy("登录条")), Column("", lazy("操作"), hidden=True)]


@requires(MANAGE_SLIPS)
def slips(request: HttpRequest, slug: str) -> HttpResponse:
    """Every class with how many of its pupils have a valid slip."""
    rows = classes_with_slips(request.actor, now=timezone.now())
    return render(request, "people/slips.html", {"rows": rows, "columns": CLASS_COLUMNS, "form": IssueForm()})


@requires(MANAGE_SLIPS)
def slips_of(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """One class: issue for all, or again for one."""
    return _page(request, _class_or_404(request, class_id), IssueForm())


@requires(MANAGE_SLIPS)
@require_POST
def issue(request: HttpRequest, slug: str, class_id: int) -> HttpResponse:
    """New slips for the class, as a sheet to print and cut."""
    here = _class_or_404(request, class_id)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _page(request, here, form)
    try:
        printed = actions.issue(class_id=class_id, validity=form.validity, by=request.actor, now=timezone.now())
    except actions.NoPupils:
        messages.error(request, _("这个班还没有在校学生，请先导入名册。"))
        return redirect("people:slips_of", slug=slug, class_id=class_id)
    return _sheet(request, here, printed)


@requires(MANAGE_SLIPS)
@require_POST
def reissue(request: HttpRequest, slug: str, class_id: int, student_id: UUID) -> HttpResponse:
    """A new slip for one pupil, as a sheet to print."""
    student = _student_or_404(request, class_id, student_id)
    slip = actions.reissue(student=student, validity=ONE_SLIP, by=request.actor, now=timezone.now())
    return _sheet(request, _class_or_404(request, class_id), [slip])


@requires(MANAGE_SLIPS)
@require_POST
def void(request: HttpRequest, slug: str, class_id: int, student_id: UUID) -> HttpResponse:
    """The pupil's slip no longer opens the door."""
    student = _student_or_404(request, class_id, student_id)
    actions.void(student=student, by=request.actor, now=timezone.now())
    messages.success(request, _("登录条已作废。"))
    return redirect("people:slips_of", slug=slug, class_id=class_id)


def _page(request: HttpRequest, here, form: IssueForm) -> HttpResponse:
    context = {
        "school_class": here,
        "rows": slips_of_class(request.actor, here.id, now=timezone.now()),
        "columns": PUPIL_COLUMNS,
        "form": form,
    }
    return render(request, "people/slips_of_class.html", context, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, here, printed: list) -> HttpResponse:
    drawn = {one.code: one for one in drawn_pictures()}
    address = request.build_absolute_uri(f"/s/{request.school.slug}/door/")
    lines = [{"slip": slip, "svg": drawn[slip.picture].svg, "word": drawn[slip.picture].name} for slip in printed]
    response = render(request, "people/slip_sheet.html", {"school_class": here, "lines": lines, "address": address})
    response.headers["Cache-Control"] = "no-store, private"
    return response


def _class_or_404(request: HttpRequest, class_id: int):
    found = school_class(request.actor, class_id)
    if found is None:
        raise Http404
    return found


def _student_or_404(request: HttpRequest, class_id: int, student_id: UUID) -> Student:
    student = student_for_slip(request.actor, class_id, student_id)
    if student is None:
        raise Http404
    return student
