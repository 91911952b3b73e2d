"""Templates of the roster to download: register format as workbook and CSV, and a OneRoster set."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.workbook import ZIP, download, workbook_response
from qingyan.people.policy import READ_ROSTER
from qingyan.people.queries.roster_templates import oneroster_set, register_book, register_csv


@require_GET
@requires(READ_ROSTER)
def book(request: HttpRequest, slug: str) -> HttpResponse:
    """The empty workbook with the sheet that explains it."""
    return workbook_response(register_book(), file_name="roster-template.xlsx")


@require_GET
@requires(READ_ROSTER)
def csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same columns as CSV."""
    return download(register_csv(), content_type="text/csv; charset=utf-8", file_name="roster-template.csv")


@require_GET
@requires(READ_ROSTER)
def oneroster(request: HttpRequest, slug: str) -> HttpResponse:
    """A OneRoster set with the invented pupils."""
    content = oneroster_set(request.school, now=timezone.now())
    return download(content, content_type=ZIP, file_name="roster-template-oneroster.zip")
