"""The list of cases: what is due first; today's, the own ones, the school's, those that have ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.looking import look_at_list
from qingyan.cases.policy import READ_CASES
from qingyan.cases.queries import lists, owners, packs
from qingyan.cases.web.forms import case_filter
from qingyan.cases.workflow import CASE
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import kept, page_of

TITLES = {lists.TODAY: _("今天"), lists.MINE: _("我负责的"), lists.ALL: _("全校"), lists.ENDED: _("已结案")}


@requires(READ_CASES)
def cases(request: HttpRequest, slug: str) -> HttpResponse:
    """One line a case; the look is recorded."""
    now, pack = timezone.now(), packs.current()
    wanted = case_filter(request.GET, pack)
    page = page_of(lists.cases_for(request.actor, wanted, now), request.GET)
    look_at_list(shown=len(page.object_list), by=request.actor, now=now)
    context = {
        "page": page,
        "lines": lists.lines(page.object_list, pack, now),
        "wanted": wanted,
        "tabs": [{"label": TITLES[one], "url": f"?list={one}", "current": one == wanted.list} for one in lists.LISTS],
        "states": [one for one in CASE.state_list if not one.terminal],
        "pack": pack,
        "load": owners.caseload(request.actor, pack, now),
        "query": kept(request.GET),
    }
    return render(request, "cases/cases.html", context)
