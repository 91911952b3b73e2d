"""An alert is given to a colleague, or given back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.alerts.actions import giving
from qingyan.alerts.actions.acknowledging import locked
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.policy import ASSIGN, READ_ALERTS
from qingyan.alerts.web.forms import account_of
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed


@requires(ASSIGN)
@require_POST
def give(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """To a counsellor of the school who is here."""
    alert, to = locked(request.actor, alert_id), account_of(request.POST)
    try:
        if to is not None:
            giving.give(alert=alert, to=to, by=request.actor, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已交给这位老师。"))
    return redirect("alerts:alert", slug=slug, alert_id=alert_id)


@requires(READ_ALERTS)
@require_POST
def release(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """Back into the queue; the keeper of time finds an owner."""
    alert = locked(request.actor, alert_id)
    try:
        giving.release(alert=alert, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.info(request, _("这条预警现在没有人接手，不用交还。"))
    else:
        messages.success(request, _("已交还，马上按值守安排下一位。"))
    return redirect("alerts:alert", slug=slug, alert_id=alert_id)
