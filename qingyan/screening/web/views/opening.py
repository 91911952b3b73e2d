"""Open and close a round, of a school or of the city: one deed each, two doors."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.screening.actions import campaigns as actions
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN
from qingyan.screening.web.place import at_of, own_round_or_404


@requires(MANAGE_CAMPAIGN)
@require_POST
def open_campaign(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Let the pupils of this school in."""
    return _open(request, own_round_or_404(request, campaign_id))


@requires(MANAGE_CITY_CAMPAIGN)
@require_POST
def city_open_campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Let the pupils of all schools in."""
    return _open(request, own_round_or_404(request, campaign_id))


@requires(MANAGE_CAMPAIGN)
@require_POST
def close_campaign(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """Take no more answers at this school."""
    return _close(request, own_round_or_404(request, campaign_id))


@requires(MANAGE_CITY_CAMPAIGN)
@require_POST
def city_close_campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Take no more answers anywhere."""
    return _close(request, own_round_or_404(request, campaign_id))


def _open(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    try:
        actions.open_(campaign=campaign, by=request.actor, now=timezone.now(), reason=request.POST.get("reason", ""))
        messages.success(request, _("已开放作答。学生从开始时间起可以看到。"))
    except NotAllowed:
        messages.error(request, _("现在不能开放这次活动。"))
    except actions.Unfit as unfit:
        messages.error(request, " ".join(unfit.faults))
    return redirect(at_of(request, campaign)["campaign"])


def _close(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    try:
        actions.close(campaign=campaign, by=request.actor, now=timezone.now())
        messages.success(request, _("活动已结束，不再接收作答。"))
    except NotAllowed:
        messages.error(request, _("现在不能结束这次活动。"))
    return redirect(at_of(request, campaign)["campaign"])
