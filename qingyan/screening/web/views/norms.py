"""Norms of the city from a closed round: what has been computed, and having the rest computed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.instruments.api.norms import norms_of_round
from qingyan.screening.actions import norming as actions
from qingyan.screening.policy import MANAGE_CITY_CAMPAIGN
from qingyan.screening.queries.campaigns import asked_of_round, city_campaign
from qingyan.screening.web.forms_norms import NormForm
from qingyan.screening.workflow import CLOSED


@requires(MANAGE_CITY_CAMPAIGN)
@require_http_methods(["GET", "POST"])
def norms(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """One line an instrument; a form for what has no norm yet."""
    campaign = city_campaign(request.actor, campaign_id)
    if campaign is None:
        raise Http404
    known, asked = norms_of_round(campaign.id), asked_of_round(campaign)
    form = NormForm([one for one in asked if one[0] not in known], request.POST or None)
    if form.is_valid():
        try:
            actions.ask(campaign=campaign, by=request.actor, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("已开始计算，算好后出现在这一页。"))
        except NotAllowed:
            messages.error(request, _("活动结束以后才能计算常模。"))
        return redirect("screening:norms", campaign_id=campaign_id)
    lines = [(title, known.get(code)) for code, title in asked]
    closed = campaign.state == CLOSED
    context = {"campaign": campaign, "lines": lines, "form": form, "closed": closed}
    return render(request, "screening/norms.html", context, status=422 if form.is_bound else 200)
