"""A norm of the city: its page and its workbook. Figures of groups of at least 30 pupils, for all staff."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.workbook import workbook_response
from qingyan.instruments.policy import READ_LIBRARY
from qingyan.instruments.queries.local_norms import Figures, figures_of
from qingyan.instruments.web import norm_pages


@requires(READ_LIBRARY)
@require_safe
def norm(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """Every scale, group by group, beside the published norms."""
    return render(request, "instruments/norm.html", {"page": norm_pages.page(_found(norm_id))})


@requires(READ_LIBRARY)
@require_safe
def norm_book(request: HttpRequest, norm_id: UUID) -> HttpResponse:
    """The same as XLSX, with the T score of every value."""
    figures = _found(norm_id)
    content = norm_pages.book(figures, by=request.actor, now=timezone.now())
    name = f"local-norm-{figures.row.instrument}-{figures.row.instrument_version}.xlsx"
    return workbook_response(content, file_name=name)


def _found(norm_id: UUID) -> Figures:
    figures = figures_of(norm_id)
    if figures is None:
        raise Http404
    return figures
