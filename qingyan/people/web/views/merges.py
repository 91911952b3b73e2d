"""Doubled files at /s/<slug>/merges/: candidates, two files side by side, the log with the way back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyan.foundation.access.scope import entered
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, page_of
from qingyan.people.actions import merging as actions
from qingyan.people.actions.standing import with_all_sight
from qingyan.people.models import Student
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries import merging as queries
from qingyan.people.queries.life_words import REFUSED

COLUMNS = [
    Column("", lazy("时间")),
    Column("", lazy("保留的档案")),
    Column("", lazy("状态")),
    Column("", lazy("操作"), hidden=True),
]


@require_GET
@requires(MANAGE_FILES)
def merges(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may be doubled, and what was merged so far."""
    page = page_of(queries.merges(request.actor), request.GET)
    known = queries.names(request.actor, [one.survivor for one in page])
    context = {
        "groups": page_of(queries.doubled(request.actor), request.GET),
        "page": page,
        "log": [(one, known.get(one.survivor)) for one in page],
        "columns": COLUMNS,
    }
    return render(request, "people/merges.html", context)


@require_http_methods(["GET", "POST"])
@requires(MANAGE_FILES)
def compare(request: HttpRequest, slug: str, student_id: UUID, other_id: UUID) -> HttpResponse:
    """Two files side by side; POST merges the second into the first."""
    survivor, other = _file_or_404(request, student_id), _file_or_404(request, other_id)
    if request.method == "POST":
        return _merge(request, survivor, other)
    with entered(with_all_sight(request.actor)):
        context = {
            "survivor": survivor,
            "other": other,
            "lines": queries.compared(survivor, other),
            "clashing": queries.clashing_sittings(survivor.id, other.id),
        }
    columns = [Column("", _("项目")), Column("", _("保留这一份")), Column("", _("并入上一份"))]
    return render(request, "people/merge_compare.html", {**context, "columns": columns})


@require_POST
@requires(MANAGE_FILES)
def undo(request: HttpRequest, slug: str, merge_id: UUID) -> HttpResponse:
    """Two files again."""
    row = queries.merge(request.actor, merge_id)
    if row is None:
        raise Http404
    try:
        actions.undo(merge=row, by=request.actor, now=timezone.now())
    except actions.Refused as refused:
        messages.error(request, str(REFUSED[refused.code]))
    else:
        messages.success(request, _("已撤销合并，两份档案恢复原样。"))
    return redirect("people:merges", slug=slug)


def _merge(request: HttpRequest, survivor: Student, other: Student) -> HttpResponse:
    try:
        actions.merge(survivor=survivor, other=other, by=request.actor, now=timezone.now())
    except actions.Refused as refused:
        messages.error(request, str(REFUSED[refused.code]))
        return redirect("people:merges", slug=request.school.slug)
    messages.success(request, _("已合并。需要时可以在这里撤销。"))
    return redirect("people:merges", slug=request.school.slug)


def _file_or_404(request: HttpRequest, student_id: UUID) -> Student:
    found = queries.file_to_merge(request.actor, student_id)
    if found is None:
        raise Http404
    return found
