"""Rounds of the city, for its officer: list, plan, detail with progress by school, open, close, workbook. No person."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import heads, order_of, page_of
from qingyan.foundation.web.workbook import workbook_response
from qingyan.screening.models import Campaign
from qingyan.screening.policy import MANAGE_CITY_CAMPAIGN, READ_CITY_CAMPAIGNS, cities_of
from qingyan.screening.queries.burden import reasons_given
from qingyan.screening.queries.campaigns import asked_in, city_campaign, city_campaigns
from qingyan.screening.queries.progress import SORTED_BY, progress_in_city
from qingyan.screening.queries.reviewed import approved_grades
from qingyan.screening.queries.second_links import second_links
from qingyan.screening.queries.templates import is_template
from qingyan.screening.web.place import at_of
from qingyan.screening.web.progress_book import school_book
from qingyan.screening.web.words import CAMPAIGN_COLUMNS, CLASS_COLUMNS, SCHOOL_COLUMNS
from qingyan.screening.workflow import CAMPAIGN


@requires(READ_CITY_CAMPAIGNS)
def campaigns(request: HttpRequest) -> HttpResponse:
    """The rounds of the city."""
    order = order_of(request.GET, CAMPAIGN_COLUMNS, "-opens_at")
    rows = city_campaigns(request.actor).order_by(order.field(order.key), "id")
    context = {
        "page": page_of(rows, request.GET),
        "columns": heads(request.GET, CAMPAIGN_COLUMNS, order),
        "may_plan": allowed(request.actor, MANAGE_CITY_CAMPAIGN),
        "approved": any(approved_grades(school_id=None, city_id=min(cities_of(request.actor))).values()),
    }
    return render(request, "screening/city_campaigns.html", context)


@requires(READ_CITY_CAMPAIGNS)
def campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """One round: how far each school is, and the classes of the school that was chosen."""
    one = _campaign_or_404(request, campaign_id)
    order = order_of(request.GET, SCHOOL_COLUMNS, "share")
    schools = progress_in_city(request.actor, one)
    manages = allowed(request.actor, MANAGE_CITY_CAMPAIGN, one)
    context = {
        "campaign": one,
        "asked": asked_in(one),
        "schools": order.sort(schools, SORTED_BY[order.key]),
        "chosen": next((line for line in schools if str(line.school.id) == request.GET.get("school")), None),
        "columns": heads(request.GET, SCHOOL_COLUMNS, order),
        "class_columns": CLASS_COLUMNS,
        "invited": sum(line.invited for line in schools),
        "finished": sum(line.finished for line in schools),
        "steps": CAMPAIGN.steps_from(one.state) if manages else [],
        "at": at_of(request, one),
        "plans": manages,
        "is_template": is_template(one),
        "reasons": reasons_given(one),
        "second": second_links(request.actor, one, now=timezone.now()),
    }
    return render(request, "screening/city_campaign.html", context)


@requires(READ_CITY_CAMPAIGNS)
def campaign_workbook(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The progress of every class as XLSX."""
    one = _campaign_or_404(request, campaign_id)
    content = school_book(one, progress_in_city(request.actor, one), by=request.actor, now=timezone.now())
    return workbook_response(content, file_name="city-progress.xlsx")


def _campaign_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = city_campaign(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found
