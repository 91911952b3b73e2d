"""The trial of a model: how it stands, the look at the groups, and letting the model order."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.early_warning.actions.looking import look_at_groups
from qingyan.early_warning.actions.switching import Wish, switch
from qingyan.early_warning.policy import READ_ORDER, SWITCH
from qingyan.early_warning.queries import trial_packs, trial_words, trials
from qingyan.early_warning.queries.trials import Standing
from qingyan.early_warning.rules.trial import ORDERS
from qingyan.early_warning.web.forms import SwitchingOnForm
from qingyan.early_warning.web.views.models import city_id
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed


@requires(READ_ORDER)
def trial(request: HttpRequest) -> HttpResponse:
    """How the trial stands: conditions, the three orders side by side, the groups."""
    standing = trials.standing(city_id(), request.actor.id, timezone.now())
    context = {"standing": standing, "pack": trial_packs.current()} | (_words(standing) if standing else {})
    return render(request, "early_warning/trial.html", context)


@require_POST
@requires(SWITCH)
def groups_read(request: HttpRequest) -> HttpResponse:
    """That the table of the groups was looked at."""
    try:
        look_at_groups(city_id=city_id(), by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.error(request, _("现在还没有分组的数字可看。"))
    else:
        messages.success(request, _("已记下，留痕。"))
    return redirect("early_warning:trial")


@require_POST
@requires(SWITCH)
def trying(request: HttpRequest, model_number: int) -> HttpResponse:
    """Begin the trial of this model."""
    try:
        wish = Wish("start_shadow", model=model_number)
        switch(city_id=city_id(), wish=wish, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.error(request, _("现在不能试行这个模型：已有模型在试行或使用，或者积分规则的迹象换过了。"))
        return redirect("early_warning:order")
    messages.success(request, _("试行开始了：只记录，不排序。"))
    return redirect("early_warning:trial")


@require_http_methods(["GET", "POST"])
@requires(SWITCH)
def switching_on(request: HttpRequest) -> HttpResponse:
    """Say why and prove who you are; offered only when every condition is met."""
    now = timezone.now()
    standing = trials.standing(city_id(), request.actor.id, now)
    form = SwitchingOnForm(request.POST or None, user=request.user)
    if standing is not None and standing.is_ready and form.is_valid():
        wish = Wish("switch_on", reason=form.cleaned_data["reason"], proved_at=now)
        switch(city_id=city_id(), wish=wish, by=request.actor, now=now)
        messages.success(request, _("已执行，留痕。"))
        return redirect("early_warning:order")
    context = {"standing": standing, "form": form} | (_words(standing) if standing else {})
    return render(request, "early_warning/switching_on.html", context, status=422 if form.errors else 200)


def _words(standing: Standing) -> dict[str, object]:
    figures = standing.trial.figures
    return {
        "conditions": trial_words.conditions(standing),
        "orders": trial_words.orders(figures),
        "gains": trial_words.gains(figures),
        "groups": trial_words.groups(figures),
        "columns": [trial_words.order_words()[code] for code in ORDERS],
        "outcomes": trial_words.about(figures["outcomes"]) if figures else 0,
    }
