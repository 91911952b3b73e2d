"""What the school's help page says, and whether an urgent report waits: for the people who answer for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingyan.concerns.actions.help_note import keep_help_note
from qingyan.concerns.policy import KEEP_HELP, WATCH
from qingyan.concerns.queries import waiting as queries
from qingyan.concerns.queries.on_duty import help_note, on_duty
from qingyan.concerns.web.forms import HelpNoteForm
from qingyan.foundation.access.views import requires


@require_http_methods(["GET", "POST"])
@requires(KEEP_HELP)
def help_settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Telephone, place and hours."""
    said = help_note(request.school.id)
    initial = {"phone": said.phone, "place": said.place, "hours": said.hours}
    form = HelpNoteForm(request.POST or None, initial=initial)
    if form.is_valid():
        keep_help_note(reach=form.reach, by=request.actor, now=timezone.now())
        messages.success(request, _("已保存，求助页已经更新。"))
        return redirect("concerns:help_settings", slug)
    return render(request, "concerns/help_settings.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@requires(WATCH)
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """Times only."""
    now = timezone.now()
    context = {"waiting": queries.waiting(request.actor), "duty": on_duty(request.school.id, now), "now": now}
    return render(request, "concerns/waiting.html", context)
