"""The morning of a counsellor: a queue of what to do, before any menu."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.alerts.actions.looking import look_at_queue
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries.today import morning, salutation
from qingyan.alerts.web.views.queue import token_of
from qingyan.foundation.access.views import requires
from qingyan.screening import api as screening


@requires(READ_ALERTS)
def today(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, the most urgent first; beside it the open campaigns."""
    now = timezone.now()
    found = morning(request.actor, now)
    look_at_queue(shown=len(found.waiting) + len(found.taken), by=request.actor, now=now, page="today")
    context = {
        "morning": found,
        "salutation": salutation(request.actor.name),
        "campaigns": screening.open_campaigns(request.actor, now=now),
        "token": token_of(request),
        "now": timezone.localtime(now),
    }
    template = "alerts/today.html#work" if request.htmx else "alerts/today.html"
    return render(request, template, context)
