"""What a colleague is asked to do for pupils: the own list, and the answer. Nothing of a case stands here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.cases.actions import running_errands
from qingyan.cases.policy import ANSWER_ERRAND, READ_ERRANDS
from qingyan.cases.queries.errands import errand_lines, errands_for, open_errand
from qingyan.cases.web.forms_errands import ErrandForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import page_of

TABS = (("", gettext_lazy("等我做的")), ("ended", gettext_lazy("已经答复的")))


@requires(READ_ERRANDS)
def errands(request: HttpRequest, slug: str) -> HttpResponse:
    """The own list, what is due first; the look is recorded."""
    now, ended = timezone.now(), request.GET.get("list") == "ended"
    page = page_of(errands_for(request.actor, ended=ended), request.GET)
    running_errands.look_at_errands(shown=len(page.object_list), by=request.actor, now=now)
    tabs = [{"label": words, "url": f"?list={key}", "current": (key == "ended") == ended} for key, words in TABS]
    context = {"page": page, "lines": errand_lines(request.actor, list(page.object_list), now), "tabs": tabs}
    return render(request, "cases/errands.html", context | {"ended": ended})


@requires(ANSWER_ERRAND)
def errand(request: HttpRequest, slug: str, errand_id: UUID) -> HttpResponse:
    """One errand with the form that answers it."""
    now = timezone.now()
    found = open_errand(request.actor, errand_id)
    form = ErrandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        running_errands.answer(errand_id=errand_id, **form.cleaned_data, by=request.actor, now=now)
        messages.success(request, _("已答复，心理老师会看到。谢谢你。"))
        return redirect("cases:errands", slug=slug)
    running_errands.look_at_errands(shown=1, by=request.actor, now=now)
    context = {"line": errand_lines(request.actor, [found], now)[0], "form": form}
    return render(request, "cases/errand.html", context, status=422 if form.errors else 200)
