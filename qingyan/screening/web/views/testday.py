"""Before and during the test day: the script to read aloud, the checklist, the page on which a device tries itself,
and the neutral list of who has not finished yet.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qingyan.foundation.access.views import public, requires
from qingyan.screening.policy import PREPARE_TEST_DAY, READ_PUPIL_PROGRESS
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.reminders import unfinished


@requires(PREPARE_TEST_DAY)
def script(request: HttpRequest, slug: str) -> HttpResponse:
    """What to say before, during and after, and what to have ready; made to be printed."""
    return render(request, "screening/testday/script.html")


@public(
    "a machine is tried before anybody signs in on it; nothing is stored and nothing is sent but two small requests"
)
@require_GET
def device(request: HttpRequest) -> HttpResponse:
    """Whether this browser can show the answering page: script, storage, network, size, clock."""
    return render(request, "screening/testday/device.html")


@requires(READ_PUPIL_PROGRESS)
def still_open(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int) -> HttpResponse:
    """The names of those who may still come, to print; never why."""
    campaign = campaign_at_school(request.actor, campaign_id)
    found = unfinished(request.actor, campaign, class_id) if campaign else None
    if found is None:
        raise Http404
    context = {"campaign": campaign, "school_class": found[0], "rows": found[1]}
    return render(request, "screening/testday/still_open.html", context)
