"""What waits for a school's leader, with names; the look is recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.cases.actions.looking import look_at_leader_list
from qingyan.cases.policy import READ_LEADER_LIST
from qingyan.cases.queries.leader import leader_lines, waiting_for_leader
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import page_of


@requires(READ_LEADER_LIST)
def leader(request: HttpRequest, slug: str) -> HttpResponse:
    """Crises, decisions to approve, seals to read a second time."""
    now = timezone.now()
    page = page_of(waiting_for_leader(request.actor), request.GET)
    look_at_leader_list(shown=len(page.object_list), by=request.actor, now=now)
    context = {"page": page, "lines": leader_lines(request.actor, list(page.object_list), now)}
    return render(request, "cases/leader.html", context)
