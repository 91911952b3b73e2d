"""The explorer for analysts of the districts and the city, its files, and the views that they keep."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import kept, page_of
from qingyan.insight.actions.keeping import CannotKeep, drop_view, keep_view
from qingyan.insight.actions.taking import take
from qingyan.insight.policy import READ_DISTRICT_BOARD
from qingyan.insight.queries.exploring import explore
from qingyan.insight.queries.views import views_for
from qingyan.insight.rules.exploring import NAMES, asked
from qingyan.insight.web.files import maker
from qingyan.insight.web.nav import places
from qingyan.insight.web.shown import card

VIEWS_ON_A_PAGE = 10
WHY = {
    "name": gettext_lazy("没有保存：请写一个名称，最多 60 个字。"),
    "choice": gettext_lazy("没有保存：这个查询里有不存在的条件。请先选好再保存。"),
    "many": gettext_lazy("没有保存：你已经保存了 100 个查询。请先删去不用的。"),
}


@requires(READ_DISTRICT_BOARD)
def explorer(request: HttpRequest) -> HttpResponse:
    """Choose, and see the answer; an address with something that does not exist says so."""
    found = explore(request.actor, asked(request.GET))
    shown = None
    if found.exhibit:
        shown = card(
            found.exhibit, lambda kind: f"{reverse('insight:explorer_file', args=[kind])}?{found.choice.address}"
        )
    context = {
        "found": found,
        "card": shown,
        "views": page_of(views_for(request.actor), request.GET, size=VIEWS_ON_A_PAGE),
        "query": kept(request.GET),
        **places(request.actor),
    }
    return render(request, "insight/explorer.html", context, status=400 if found.wrong else 200)


@requires(READ_DISTRICT_BOARD)
def explorer_file(request: HttpRequest, file_kind: str) -> HttpResponse:
    """The answer as a file."""
    found, make = explore(request.actor, asked(request.GET)), maker(file_kind)
    if found.exhibit is None or make is None:
        raise Http404
    take(exhibit=found.exhibit, place=found.board.place, kind=file_kind, by=request.actor, now=timezone.now())
    return make(found.board, found.exhibit)


@require_POST
@requires(READ_DISTRICT_BOARD)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the choice under a name."""
    choice = asked({name: request.POST.get(name, "") for name in NAMES})
    shared, name = request.POST.get("shared") == "on", request.POST.get("name", "")
    try:
        kept_view = keep_view(name=name, choice=choice, shared=shared, by=request.actor, now=timezone.now())
    except CannotKeep as refusal:
        messages.error(request, str(WHY[str(refusal)]))
        return redirect(f"{reverse('insight:explorer')}?{choice.address}")
    messages.success(request, _("已保存“%(name)s”。") % {"name": kept_view.name})
    return redirect(f"{reverse('insight:explorer')}?{kept_view.choice}")


@require_POST
@requires(READ_DISTRICT_BOARD)
def drop(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Remove the own view."""
    drop_view(view_id=view_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已删除保存的查询；公布的数没有变。"))
    return redirect("insight:explorer")
