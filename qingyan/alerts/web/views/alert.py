"""One alert with its reasons. The look is recorded before anything is shown."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.alerts.actions.looking import open_alert
from qingyan.alerts.policy import READ_ALERTS
from qingyan.alerts.queries.detail import detail_of, twins_of
from qingyan.alerts.web.forms import AcknowledgementForm, ClosingForm
from qingyan.foundation.access.views import requires


@requires(READ_ALERTS)
def alert(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """Reasons, time left, what was before, what to do next, and the form to take charge."""
    return shown(request, alert_id, AcknowledgementForm())


@requires(READ_ALERTS)
def sheet(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """The same on one sheet of paper, with viewer and time on it."""
    return shown(request, alert_id, None, template="alerts/alert_sheet.html")


def shown(
    request: HttpRequest, alert_id: UUID, form: AcknowledgementForm | None, template: str = "alerts/alert.html"
) -> HttpResponse:
    """The page of an alert with this form."""
    now = timezone.now()
    found = open_alert(alert_id=alert_id, by=request.actor, now=now)
    detail = detail_of(request.actor, found, slug=request.school.slug, now=now)
    context = {"detail": detail, "form": form, "closing_form": ClosingForm(twins_of(request.actor, found))}
    return render(request, template, context, status=422 if form is not None and form.errors else 200)
