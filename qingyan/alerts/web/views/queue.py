"""The queue of alerts, and the pulse by which an open page learns that something is new."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.alerts.actions.looking import look_at_queue
from qingyan.alerts.models import Level
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries import order_packs, packs
from qingyan.alerts.queries import queue as reads
from qingyan.alerts.queries.triage import colleagues_of, triage_lines
from qingyan.alerts.web.forms import OWNERS, STATES, queue_filter
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import kept, page_of
from qingyan.organisations import api as organisations


@requires(READ_ALERTS)
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """One line a sheet, by need; the same address gives the lines alone to htmx."""
    now, wanted = timezone.now(), queue_filter(request.GET)
    waits, rows = reads.pulse_of(request.actor), reads.queue(request.actor, wanted)
    page = page_of(reads.Counted(rows, waits.waiting) if wanted == reads.QueueFilter() else rows, request.GET)
    alerts, start = list(page.object_list), page.start_index() - 1
    look_at_queue(shown=len(alerts), by=request.actor, now=now)
    context = {
        "page": page,
        "lines": triage_lines(request.actor, alerts, start=max(start, 0), now=now),
        "wanted": wanted,
        "owners": OWNERS,
        "pack": order_packs.current(),
        "colleagues": colleagues_of(request.actor, now),
        "states": STATES,
        "levels": Level.choices,
        "classes": organisations.classes_of(request.school.id, now=now),
        "query": kept(request.GET),
        "token": waits.token,
        "signed": packs.current().signed_by,
    }
    return render(request, "alerts/queue.html#rows" if request.htmx else "alerts/queue.html", context)


@requires(READ_ALERTS)
def pulse(request: HttpRequest, slug: str) -> HttpResponse:
    """Empty while nothing is new since `seen`; else the new token and how many sheets wait."""
    now_waits = reads.pulse_of(request.actor)
    if request.GET.get("seen") == now_waits.token:
        return HttpResponse(status=204)
    return JsonResponse({"token": now_waits.token, "waiting": now_waits.waiting})


def token_of(request: HttpRequest) -> str:
    """Changes whenever an alert is raised or taken."""
    return reads.pulse_of(request.actor).token
