"""The rule of an open round's second stage where the plan left it out: of a school, or of the city."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.screening.actions import second_stage as actions
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN
from qingyan.screening.queries.observation import stage_of
from qingyan.screening.rules.steps import CUTOFFS
from qingyan.screening.web.forms_second import SecondStageForm
from qingyan.screening.web.place import at_of, own_round_or_404
from qingyan.screening.workflow import DRAFT


@requires(MANAGE_CAMPAIGN)
def second_stage(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Of a round of the school."""
    return _page(request, own_round_or_404(request, campaign_id))


@requires(MANAGE_CITY_CAMPAIGN)
def city_second_stage(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Of a round of the city."""
    return _page(request, own_round_or_404(request, campaign_id))


def _page(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    """The form; a draft has its own step for it."""
    at = at_of(request, campaign)
    if campaign.state == DRAFT:
        return redirect(at.to("plan", CUTOFFS))
    form = SecondStageForm(request.POST or None, campaign=campaign, stage=stage_of(campaign))
    if request.method == "POST" and form.is_valid() and _set(request, form):
        return redirect(at["campaign"])
    context = {"campaign": campaign, "form": form, "at": at}
    return render(request, "screening/second/rule.html", context, status=422 if request.method == "POST" else 200)


def _set(request: HttpRequest, form: SecondStageForm) -> bool:
    try:
        actions.set_rule(stage=form.stage(), by=request.actor, now=timezone.now())
    except NotAllowed:
        form.add_error(None, _("活动已经开放，这些规则不能再改。"))
        return False
    messages.success(request, _("第二阶段的规则已保存。"))
    return True
