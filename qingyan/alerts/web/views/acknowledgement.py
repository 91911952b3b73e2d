"""“我来处理”: a counsellor takes charge of an alert."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qingyan.alerts.actions.acknowledging import acknowledge_with_others, locked
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.web.forms import AcknowledgementForm
from qingyan.alerts.web.views.alert import shown
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed


@requires(READ_ALERTS)
@require_POST
def acknowledge(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """Takes the alert and the others of the same sheet; says so kindly when somebody was faster."""
    form = AcknowledgementForm(request.POST)
    if not form.is_valid():
        return shown(request, alert_id, form)
    alert = locked(request.actor, alert_id)
    try:
        count = acknowledge_with_others(
            alert=alert, by=request.actor, note=form.cleaned_data["note"].strip(), now=timezone.now()
        )
    except NotAllowed:
        messages.info(request, _("这条预警已经有老师在处理了。"))
    else:
        words = ngettext("已记下：这条提示由你处理。", "已记下：同一份答卷的 %(n)d 条提示都由你处理。", count)
        messages.success(request, words % {"n": count})
    return redirect("alerts:alert", slug=slug, alert_id=alert_id)
