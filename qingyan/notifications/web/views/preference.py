"""A person's own page: how to be told, and what was mailed lately."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import page_of
from qingyan.notifications.actions.preferring import prefer
from qingyan.notifications.policy import READ_INBOX
from qingyan.notifications.queries.deliveries import lines
from qingyan.notifications.queries.preferences import wishes_of
from qingyan.notifications.queries.robots import own_deliveries
from qingyan.notifications.web.forms import PreferenceForm
from qingyan.notifications.web.views.robot import LOG_COLUMNS
from qingyan.people import api as people


@require_http_methods(["GET", "POST"])
@requires(READ_INBOX)
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep the wishes."""
    actor = request.actor
    form = PreferenceForm(request.POST or None, initial=PreferenceForm.of(wishes_of([actor.id])[actor.id]))
    if form.is_valid():
        prefer(wishes=form.wishes, by=actor, now=timezone.now())
        messages.success(request, _("已保存。"))
        return redirect("notifications:preferences")
    page = page_of(own_deliveries(actor), request.GET, size=10)
    context = {"form": form, "page": page, "lines": lines(list(page.object_list)), "columns": LOG_COLUMNS}
    context |= {"address": people.mail_addresses({actor.id}).get(actor.id, "")}
    return render(request, "notifications/preferences.html", context, status=422 if form.errors else 200)
