"""What a pupil sees before answering: the tests of the open rounds, and the notice of one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.consent.contracts import Part, Why
from qingyan.screening.actions import sittings as actions
from qingyan.screening.actions.agreeing import NotYet, standing_of, take_back
from qingyan.screening.queries.tests import Test, test_for, tests_for
from qingyan.screening.queries.waiting import next_slot
from qingyan.screening.rules.slots import look_again
from qingyan.screening.web.pupils_page import pupils_page
from qingyan.screening.web.waiting import waiting_words


@pupils_page
def tests(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to do, what is done."""
    now = timezone.now()
    rows = tests_for(request.actor, now=now)
    stands = standing_of(request.actor, on=timezone.localdate(now))
    context = {"tests": rows, "left": [one for one in rows if not one.finished], "waiting": waiting_words(stands)}
    context["took_part"] = stands.own == Part.GIVEN
    context["starts_at"] = starts = None if context["left"] else next_slot(request.actor, now=now)
    answer = render(request, "screening/tests.html", context)
    if starts is not None:
        answer["Refresh"] = str(look_again(starts, now=now))
    return answer


@pupils_page
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, slug: str, campaign_id: UUID, instrument: str) -> HttpResponse:
    """Who sees what, that one may stop; saying yes begins the sitting."""
    test = _test_or_404(request, campaign_id, instrument)
    if test.sitting is not None:
        return redirect("screening:sheet", slug=slug, sitting_id=test.sitting)
    now = timezone.now()
    stands, refused = standing_of(request.actor, on=timezone.localdate(now)), False
    if request.method == "POST":
        try:
            sitting = actions.begin(test=test, by=request.actor, now=now, assents="assent" in request.POST)
            return redirect("screening:sheet", slug=slug, sitting_id=sitting.id)
        except NotYet:
            refused = True
    context = {"test": test, "needs_assent": stands.why == Why.OWN_MISSING, "waiting": waiting_words(stands)}
    return render(request, "screening/notice.html", context | {"refused": refused}, status=422 if refused else 200)


@pupils_page
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """The pupil takes the assent back; what was handed in stays as the notice says."""
    take_back(by=request.actor, now=timezone.now())
    messages.success(request, _("好的，已经记下。以后想参加，随时可以再同意。"))
    return redirect("screening:tests", slug=slug)


@pupils_page
@require_POST
def decline(request: HttpRequest, slug: str, campaign_id: UUID, instrument: str) -> HttpResponse:
    """Not now: a calm page, no blame."""
    test = _test_or_404(request, campaign_id, instrument)
    actions.decline(test=test, by=request.actor, now=timezone.now())
    return render(request, "screening/declined.html", {"test": test})


def _test_or_404(request: HttpRequest, campaign_id: UUID, instrument: str) -> Test:
    found = test_for(request.actor, campaign_id, instrument, now=timezone.now())
    if found is None:
        raise Http404
    return found
