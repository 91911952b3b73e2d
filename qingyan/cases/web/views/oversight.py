"""Crises of the own district or city, for its officers: schools, codes, levels and reports; nobody's name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.cases.actions.overseeing import answer, look_at_thread, look_at_threads, mark_seen
from qingyan.cases.actions.reporting import NamesSomebody
from qingyan.cases.policy import OVERSEE
from qingyan.cases.queries.threads import overseen_page, thread_lines, threads_for
from qingyan.cases.web.forms_thread import AnswerForm
from qingyan.cases.web.views.thread import NAMED
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import kept, page_of


@requires(OVERSEE)
def threads(request: HttpRequest) -> HttpResponse:
    """Open threads, what is due first; or those that have ended. The look is recorded."""
    now, ended = timezone.now(), request.GET.get("list") == "ended"
    page = page_of(threads_for(request.actor, open_only=not ended), request.GET)
    look_at_threads(shown=len(page.object_list), by=request.actor, now=now)
    tabs = [
        {"label": _("进行中"), "url": "?list=open", "current": not ended},
        {"label": _("已终报"), "url": "?list=ended", "current": ended},
    ]
    context = {
        "page": page,
        "lines": thread_lines(list(page.object_list), now),
        "tabs": tabs,
        "query": kept(request.GET),
    }
    return render(request, "cases/threads.html", context)


@requires(OVERSEE)
def overseen(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """One thread, and a word to the school. The look is recorded."""
    now = timezone.now()
    thread = look_at_thread(thread_id=thread_id, by=request.actor, now=now)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(thread_id=thread_id, text=form.cleaned_data["text"], by=request.actor, now=now)
            messages.success(request, _("已答复，学校收到了提醒。"))
            return redirect("cases:overseen", thread_id=thread_id)
        except NamesSomebody:
            form.add_error("text", NAMED)
    context = {"page": overseen_page(request.actor, thread, now), "form": form, "now": timezone.localtime(now)}
    return render(request, "cases/overseen.html", context, status=422 if form.errors else 200)


@requires(OVERSEE)
@require_POST
def seen(request: HttpRequest, thread_id: UUID) -> HttpResponse:
    """“已收到”."""
    mark_seen(thread_id=thread_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已告诉学校：你收到了。"))
    return redirect("cases:overseen", thread_id=thread_id)
