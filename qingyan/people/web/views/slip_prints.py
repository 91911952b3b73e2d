"""Slips of many classes as one PDF: ask, wait, fetch once."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.documents.api import pdf_response
from qingyan.people.actions import slip_printing as actions
from qingyan.people.actions.slips import NoPupils
from qingyan.people.policy import MANAGE_SLIPS
from qingyan.people.queries.slips import print_of
from qingyan.people.web.forms import IssueForm


@requires(MANAGE_SLIPS)
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """New slips for the chosen classes, in the background."""
    form = IssueForm(request.POST)
    classes = [int(one) for one in request.POST.getlist("classes") if one.isdecimal() and len(one) < 18]
    if not form.is_valid() or not classes:
        messages.error(request, _("请先选择班级和有效期，登录条还没有改动。"))
        return redirect("people:slips", slug=slug)
    address = request.build_absolute_uri(f"/s/{request.school.slug}/door/")
    try:
        wanted = actions.ask(
            classes=classes, days=form.cleaned_data["days"], address=address, by=request.actor, now=timezone.now()
        )
    except NoPupils:
        raise Http404 from None
    return redirect("people:slip_print", slug=slug, print_id=wanted.id)


@requires(MANAGE_SLIPS)
@require_GET
def show(request: HttpRequest, slug: str, print_id: UUID) -> HttpResponse:
    """How far it is; the way to the file when it is there."""
    found = print_of(request.actor, print_id, now=timezone.now())
    if found is None:
        raise Http404
    template = "people/slip_print.html#state" if request.htmx else "people/slip_print.html"
    return render(request, template, {"print": found})


@requires(MANAGE_SLIPS)
@require_POST
def fetch(request: HttpRequest, slug: str, print_id: UUID) -> HttpResponse:
    """The PDF, this once."""
    content = actions.fetch(print_id=print_id, by=request.actor, now=timezone.now())
    return pdf_response(content, file_name="slips.pdf")
