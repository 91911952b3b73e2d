"""The operators' page: does the platform still check that no alert is missing, and what did it find? Figures only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.alerts.policy import WATCH
from qingyan.alerts.queries.watching import watching
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import page_of


@requires(WATCH)
def sweeps(request: HttpRequest) -> HttpResponse:
    """The newest sweeps."""
    seen = watching(request.actor, now=timezone.now())
    return render(request, "alerts/sweeps.html", {"watching": seen, "page": page_of(seen.sweeps, request.GET)})
