"""One case: how it stands, what is due, what can be done, what has happened. The look is recorded first."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.cases.actions.looking import open_status
from qingyan.cases.policy import READ_STATUS
from qingyan.cases.queries.case_page import case_page
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.ways_on import ways_on


@requires(READ_STATUS)
def case(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The page of a case for whoever may see its status."""
    now = timezone.now()
    found = open_status(case_id=case_id, by=request.actor, now=now)
    page = case_page(request.actor, found, slug=request.school.slug, now=now)
    context = {"page": page, "case": found, "now": timezone.localtime(now), "ways_on": ways_on("case", request.actor)}
    return render(request, "cases/case.html", context)
