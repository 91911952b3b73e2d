"""Where the order comes from, and the officer's switch."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.early_warning.actions.switching import Wish, switch
from qingyan.early_warning.policy import READ_ORDER, SWITCH
from qingyan.early_warning.queries import learnings, phases, point_packs, trial_words, trials, versions
from qingyan.early_warning.workflow import AT_ONCE, PHASE, help_of
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations import api as organisations


@requires(READ_ORDER)
def order(request: HttpRequest) -> HttpResponse:
    """What helps the order now, the steps that stand open, and how it came to this."""
    city = organisations.the_city()
    if city is None:
        raise Http404
    phase, found = phases.phase(city.id), point_packs.current(city.id)
    context = {
        "phase": PHASE.state(phase),
        "points": found,
        "helped": help_of(phase, signed=found.is_signed),
        "steps": phases.steps_for_people(city.id, AT_ONCE),
        "versions": versions.versions(city.id),
        "learning": learnings.progress(city.id, timezone.now()),
        "look": trial_words.look(city.id, trials.newest_watch(city.id)),
        "history": phases.history(city.id),
    }
    return render(request, "early_warning/order.html", context)


@require_POST
@requires(SWITCH)
def step(request: HttpRequest, verb: str) -> HttpResponse:
    """Take one step that asks for nothing but the press of a button."""
    city = organisations.the_city()
    if city is None:
        raise Http404
    try:
        switch(city_id=city.id, wish=Wish(verb), by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.error(request, _("现在还不能走这一步：缺少签署、模型或者足够的试行天数。"))
    else:
        messages.success(request, _("已执行，留痕。"))
    return redirect("early_warning:order")
