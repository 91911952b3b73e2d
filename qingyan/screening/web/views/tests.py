"""What a pupil sees before answering: the tests of the open rounds, and the notice of one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.screening.actions import sittings as actions
from qingyan.screening.queries.tests import Test, test_for, tests_for
from qingyan.screening.web.pupils_page import pupils_page


@pupils_page
def tests(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to do, what is done."""
    rows = tests_for(request.actor, now=timezone.now())
    context = {"tests": rows, "left": [one for one in rows if not one.finished]}
    return render(request, "screening/tests.html", context)


@pupils_page
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, slug: str, campaign_id: UUID, instrument: str) -> HttpResponse:
    """Who sees what, that one may stop; saying yes begins the sitting."""
    test = _test_or_404(request, campaign_id, instrument)
    if test.sitting is not None:
        return redirect("screening:sheet", slug=slug, sitting_id=test.sitting)
    if request.method == "POST":
        sitting = actions.begin(test=test, by=request.actor, now=timezone.now())
        return redirect("screening:sheet", slug=slug, sitting_id=sitting.id)
    return render(request, "screening/notice.html", {"test": test})


@pupils_page
@require_POST
def decline(request: HttpRequest, slug: str, campaign_id: UUID, instrument: str) -> HttpResponse:
    """Not now: a calm page, no blame."""
    test = _test_or_404(request, campaign_id, instrument)
    actions.decline(campaign_id=test.campaign, by=request.actor, now=timezone.now())
    return render(request, "screening/declined.html", {"test": test})


def _test_or_404(request: HttpRequest, campaign_id: UUID, instrument: str) -> Test:
    found = test_for(request.actor, campaign_id, instrument, now=timezone.now())
    if found is None:
        raise Http404
    return found
