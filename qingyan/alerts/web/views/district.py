"""The district's page: schools that have not acted on an urgent alert in time. No pupil, no reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.alerts.actions.duty import note_call
from qingyan.alerts.policy import ANSWER_DISTRICT
from qingyan.alerts.queries.duty_page import district_calls
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import page_of


@requires(ANSWER_DISTRICT)
def calls(request: HttpRequest) -> HttpResponse:
    """The calls of the district, open ones first."""
    page = page_of(district_calls(request.actor), request.GET)
    return render(request, "alerts/district.html", {"page": page})


@requires(ANSWER_DISTRICT)
@require_POST
def rang(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """“已联系学校”."""
    note_call(call_id=call_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已记下：你已联系学校。"))
    return redirect("alerts:district")
