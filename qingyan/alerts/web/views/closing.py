"""An alert is closed with a reason; a critical one by two people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.alerts.actions import closing
from qingyan.alerts.actions.acknowledging import locked
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries.detail import twins_of
from qingyan.alerts.web.forms import ClosingForm
from qingyan.alerts.workflow import REVIEW
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed

ANSWERS = {"confirm": closing.confirm, "return": closing.send_back}


@requires(READ_ALERTS)
@require_POST
def close(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """Closed, sealed, or waiting for a second reader; back to the alert when something is missing."""
    alert = locked(request.actor, alert_id)
    form = ClosingForm(twins_of(request.actor, alert), request.POST)
    if not form.is_valid():
        messages.error(request, _("请选一种结束的方式，并写几句依据。"))
        return redirect("alerts:alert", slug=slug, alert_id=alert_id)
    try:
        closed = closing.close(alert=alert, closing=form.closing(), by=request.actor, now=timezone.now())
    except (NotAllowed, Refused) as refused:
        messages.error(request, str(refused) if isinstance(refused, Refused) else _("请先接手，再结束。"))
        return redirect("alerts:alert", slug=slug, alert_id=alert_id)
    waits = closed.state == REVIEW
    messages.success(request, _("已请另一位老师复核。") if waits else _("已结束，依据已保存。"))
    return redirect("alerts:queue", slug=slug)


@requires(READ_ALERTS)
@require_POST
def review(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """The second reader confirms or returns it."""
    alert = locked(request.actor, alert_id)
    answer = ANSWERS["confirm" if request.POST.get("do") == "confirm" else "return"]
    try:
        answer(alert=alert, by=request.actor, now=timezone.now())
    except (NotAllowed, Refused) as refused:
        messages.error(request, str(refused) if isinstance(refused, Refused) else _("它现在不在等复核。"))
        return redirect("alerts:alert", slug=slug, alert_id=alert_id)
    messages.success(request, _("已记下你的复核。"))
    return redirect("alerts:queue", slug=slug)
