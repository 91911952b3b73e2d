"""The rule of a round's second stage, for those who plan the round: of a school, or of the city."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.screening.actions import second_stage as actions
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN
from qingyan.screening.queries.campaigns import campaign_at_school, city_campaign
from qingyan.screening.queries.observation import stage_of
from qingyan.screening.web.forms_second import SecondStageForm


@requires(MANAGE_CAMPAIGN)
def second_stage(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Of a round of the school."""
    one = campaign_at_school(request.actor, campaign_id)
    if one is None or not allowed(request.actor, MANAGE_CAMPAIGN, one):
        raise Http404
    return _page(request, one) or redirect("screening:campaign", slug=slug, campaign_id=campaign_id)


@requires(MANAGE_CITY_CAMPAIGN)
def city_second_stage(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Of a round of the city."""
    one = city_campaign(request.actor, campaign_id)
    if one is None:
        raise Http404
    return _page(request, one) or redirect("screening:city_campaign", campaign_id=campaign_id)


def _page(request: HttpRequest, campaign: Campaign) -> HttpResponse | None:
    """The form; None when it has been written down."""
    form = SecondStageForm(request.POST or None, campaign=campaign, stage=stage_of(campaign))
    if request.method == "POST" and form.is_valid() and _set(request, form):
        return None
    context = {"campaign": campaign, "form": form}
    return render(request, "screening/second/rule.html", context, status=422 if request.method == "POST" else 200)


def _set(request: HttpRequest, form: SecondStageForm) -> bool:
    try:
        actions.set_rule(stage=form.stage(), by=request.actor, now=timezone.now())
    except NotAllowed:
        form.add_error(None, _("活动已经开放，这些规则不能再改。"))
        return False
    messages.success(request, _("第二阶段的规则已保存。"))
    return True
