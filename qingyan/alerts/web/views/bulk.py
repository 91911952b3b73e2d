"""Several lines of the queue at once, and what everybody carries."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.alerts.actions import bulk as actions
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.policy import ASSIGN, READ_ALERTS
from qingyan.alerts.queries.caseload import caseload
from qingyan.alerts.web.forms import account_of, chosen_alerts
from qingyan.foundation.access.views import requires


@requires(ASSIGN)
@require_POST
def bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes or gives the ticked lines; says how many, and which were left for a person to open."""
    ids, to = chosen_alerts(request.POST), account_of(request.POST)
    now, by = timezone.now(), request.actor
    try:
        if request.POST.get("do") == "give" and to is not None:
            done = actions.give_many(ids=ids, to=to, by=by, now=now)
        else:
            done = actions.acknowledge_many(ids=ids, by=by, now=now)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("alerts:queue", slug=slug)
    messages.success(request, _("已处理 %(n)d 份。") % {"n": done.done})
    if done.red:
        messages.warning(request, _("其中 %(n)d 份有红色提示，须逐条打开阅读后再确认。") % {"n": done.red})
    return redirect("alerts:queue", slug=slug)


@requires(READ_ALERTS)
def loads(request: HttpRequest, slug: str) -> HttpResponse:
    """The caseload of the school's counsellors."""
    return render(request, "alerts/caseload.html", {"caseload": caseload(request.actor, now=timezone.now())})
