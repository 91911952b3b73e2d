"""Change a draft, of a school or of the city."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.consent import api as consent
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.screening.actions import drafts as actions
from qingyan.screening.actions.campaigns import Unfit
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN
from qingyan.screening.queries.campaigns import campaign_at_school, city_campaign
from qingyan.screening.web.forms_draft import DraftForm


@requires(MANAGE_CAMPAIGN)
def revise_campaign(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """A draft of this school; a round of the city is not the school's to change."""
    found = campaign_at_school(request.actor, campaign_id)
    if found is None or not allowed(request.actor, MANAGE_CAMPAIGN, found):
        raise Http404
    return _page(request, found, reverse("screening:campaign", args=[slug, campaign_id]))


@requires(MANAGE_CITY_CAMPAIGN)
def revise_city_campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """A draft of the city."""
    found = city_campaign(request.actor, campaign_id)
    if found is None:
        raise Http404
    return _page(request, found, reverse("screening:city_campaign", args=[campaign_id]))


def _page(request: HttpRequest, campaign: Campaign, back: str) -> HttpResponse:
    posted = request.method == "POST"
    texts = consent.texts(request.actor, consent.SCREENING)
    form = DraftForm(campaign, texts, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            actions.revise(campaign=campaign, given=form.revision(), by=request.actor, now=timezone.now())
        except Unfit as unfit:
            form.add_error(None, unfit.faults)
        else:
            messages.success(request, _("计划已保存。"))
            return redirect(back)
    context = {"form": form, "campaign": campaign, "back": back}
    return render(request, "screening/campaign_revise.html", context, status=422 if posted else 200)
