"""The committee's box; a counsellor who is not on the committee gets 404 here."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from qingyan.concerns.contracts import Circle
from qingyan.concerns.policy import HANDLE_BULLYING, READ_BULLYING
from qingyan.concerns.queries.boxes import BOXES
from qingyan.concerns.web import pages
from qingyan.foundation.access.views import requires

BOX = BOXES[Circle.COMMITTEE]


@require_GET
@requires(READ_BULLYING)
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """The list."""
    return pages.list_page(request, BOX)


@require_GET
@requires(READ_BULLYING)
def report(request: HttpRequest, slug: str, bullying_id: UUID) -> HttpResponse:
    """One of them."""
    return pages.report_page(request, BOX, bullying_id)


@require_POST
@requires(HANDLE_BULLYING)
@sensitive_post_parameters()
def do(request: HttpRequest, slug: str, bullying_id: UUID, verb: str) -> HttpResponse:
    """Take, answer, find and name the pupil, bring the counsellors in, close."""
    return pages.do(request, BOX, bullying_id, verb)
