"""The counsellors' box."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from qingyan.concerns.contracts import Circle
from qingyan.concerns.policy import HANDLE_CONCERNS, READ_CONCERNS
from qingyan.concerns.queries.boxes import BOXES
from qingyan.concerns.web import pages
from qingyan.foundation.access.views import requires

BOX = BOXES[Circle.COUNSELLOR]


@require_GET
@requires(READ_CONCERNS)
def concerns(request: HttpRequest, slug: str) -> HttpResponse:
    """The list."""
    return pages.list_page(request, BOX)


@require_GET
@requires(READ_CONCERNS)
def concern(request: HttpRequest, slug: str, concern_id: UUID) -> HttpResponse:
    """One of them."""
    return pages.report_page(request, BOX, concern_id)


@require_POST
@requires(HANDLE_CONCERNS)
@sensitive_post_parameters()
def do(request: HttpRequest, slug: str, concern_id: UUID, verb: str) -> HttpResponse:
    """Take, answer, find and name the pupil, close."""
    return pages.do(request, BOX, concern_id, verb)
