"""Before a round opens: how many talks it will ask for, and whether there are people to hold them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.workbook import workbook_response
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CAMPAIGN, MANAGE_CITY_CAMPAIGN
from qingyan.screening.queries.capacity import cuts_of, staff_of
from qingyan.screening.queries.past import past_of
from qingyan.screening.web.capacity_words import CAPACITY_COLUMNS
from qingyan.screening.web.forms_capacity import CapacityForm
from qingyan.screening.web.place import at_of, round_or_404
from qingyan.screening.web.progress_book import capacity_book
from qingyan.screening.web.simulator import simulated


@requires(MANAGE_CAMPAIGN)
def capacity(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The sum for one school."""
    return _page(request, round_or_404(request, campaign_id))


@requires(MANAGE_CAMPAIGN)
def capacity_workbook(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The same as XLSX."""
    return _workbook(request, round_or_404(request, campaign_id))


@requires(MANAGE_CITY_CAMPAIGN)
def city_capacity(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The sum for all schools of the city."""
    return _page(request, round_or_404(request, campaign_id))


@requires(MANAGE_CITY_CAMPAIGN)
def city_capacity_workbook(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The same as XLSX."""
    return _workbook(request, round_or_404(request, campaign_id))


def _page(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    found = _sums(request, campaign)
    context = {"campaign": campaign, "at": at_of(request, campaign), "query": request.GET.urlencode(), **found}
    return render(request, "screening/capacity/page.html", context, status=200 if found["form"].usable else 422)


def _workbook(request: HttpRequest, campaign: Campaign) -> HttpResponse:
    found = _sums(request, campaign)
    content = capacity_book(campaign, CAPACITY_COLUMNS, found["rows"], by=request.actor, now=timezone.now())
    return workbook_response(content, file_name="capacity.xlsx")


def _sums(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    cuts = cuts_of(request.actor, campaign)
    form = CapacityForm(request.GET, cuts=cuts, staff=staff_of(request.actor, campaign))
    chosen, second = (form.chosen(), form.second_cut()) if form.usable else ([], None)
    return {"form": form, **simulated(form, chosen, second, past_of(request.actor, campaign))}
