"""What parents read about the tests of a school: public, because consent is asked of people without an account."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from qingyan.foundation.access.views import public, requires
from qingyan.instruments.contracts import Language
from qingyan.screening.policy import READ_CAMPAIGNS, READ_CITY_CAMPAIGNS
from qingyan.screening.queries.campaigns import campaign_at_school, city_campaign
from qingyan.screening.queries.for_parents import RoundForParents, announced, announced_round, as_parents_will_read
from qingyan.screening.web.words import LICENCES_FOR_PARENTS

WHY = "parents have no account: what a test asks, how long it takes, who sees the answers; no person, no key"


@public(WHY)
@require_safe
def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """The tests that are open or announced at this school."""
    found = announced(request.school.id, now=timezone.now(), language=_language(request))
    return render(request, "screening/for_parents/rounds.html", {"rounds": found})


@public(WHY)
@require_safe
def one_round(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """One of them, instrument by instrument."""
    found = announced_round(request.school.id, campaign_id, now=timezone.now(), language=_language(request))
    if found is None:
        raise Http404
    return _page(request, found)


@requires(READ_CAMPAIGNS)
@require_safe
def preview(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The same page before the round is open, for the staff of the school."""
    campaign = campaign_at_school(request.actor, campaign_id)
    if campaign is None:
        raise Http404
    return _page(request, as_parents_will_read(campaign, language=_language(request)), preview=True)


@requires(READ_CITY_CAMPAIGNS)
@require_safe
def city_preview(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The same for the city."""
    campaign = city_campaign(request.actor, campaign_id)
    if campaign is None:
        raise Http404
    return _page(request, as_parents_will_read(campaign, language=_language(request)), preview=True)


def _page(request: HttpRequest, found: RoundForParents, *, preview: bool = False) -> HttpResponse:
    lines = [(one, LICENCES_FOR_PARENTS[one.instrument.licence_status]) for one in found.asked]
    context = {"campaign": found.campaign, "lines": lines, "preview": preview}
    return render(request, "screening/for_parents/round.html", context)


def _language(request: HttpRequest) -> Language:
    return "en" if getattr(request, "LANGUAGE_CODE", "").startswith("en") else "zh"
