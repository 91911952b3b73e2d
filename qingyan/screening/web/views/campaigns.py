"""Rounds at a school: list, plan, detail with progress, open, close, the progress as a workbook, one class."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from qingyan.consent.api import READ_COVERAGE
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import heads, order_of, page_of
from qingyan.foundation.web.workbook import workbook_response
from qingyan.screening.models import Campaign
from qingyan.screening.policy import (
    JUDGE_ANSWERING,
    KEY_PAPER,
    MANAGE_CAMPAIGN,
    READ_CAMPAIGNS,
    READ_PUPIL_PROGRESS,
    READ_SET_ASIDE,
    SEE_SEATS,
)
from qingyan.screening.queries.burden import reasons_given
from qingyan.screening.queries.campaigns import asked_in, campaign_at_school, campaigns_at_school
from qingyan.screening.queries.progress import class_here, may_see_pupils, progress_here, pupils_of
from qingyan.screening.queries.reminders import reminders
from qingyan.screening.queries.second_links import second_links
from qingyan.screening.queries.templates import is_template
from qingyan.screening.web.place import at_of
from qingyan.screening.web.progress_book import class_book
from qingyan.screening.web.words import CAMPAIGN_COLUMNS, CLASS_COLUMNS, PUPIL_COLUMNS
from qingyan.screening.workflow import CAMPAIGN


@requires(READ_CAMPAIGNS)
def campaigns(request: HttpRequest, slug: str) -> HttpResponse:
    """The rounds that concern this school."""
    order = order_of(request.GET, CAMPAIGN_COLUMNS, "-opens_at")
    rows = campaigns_at_school(request.actor).order_by(order.field(order.key), "id")
    context = {
        "page": page_of(rows, request.GET),
        "columns": heads(request.GET, CAMPAIGN_COLUMNS, order),
        "may_plan": allowed(request.actor, MANAGE_CAMPAIGN),
        "reminders": reminders(request.actor),
    }
    return render(request, "screening/campaigns.html", context)


@requires(READ_CAMPAIGNS)
def campaign(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """One round: what is asked, and how far each class is."""
    one = _campaign_or_404(request, campaign_id)
    manages = allowed(request.actor, MANAGE_CAMPAIGN, one)
    lines = progress_here(request.actor, one)
    context = {
        "campaign": one,
        "asked": asked_in(one),
        "lines": lines,
        "columns": CLASS_COLUMNS,
        "invited": sum(line.progress.invited for line in lines),
        "finished": sum(line.progress.finished for line in lines),
        "steps": CAMPAIGN.steps_from(one.state) if manages else [],
        "manages": allowed(request.actor, MANAGE_CAMPAIGN),
        "sees_pupils": may_see_pupils(request.actor),
        "sees_seats": allowed(request.actor, SEE_SEATS),
        "sees_consent": allowed(request.actor, READ_COVERAGE),
        "keys_paper": allowed(request.actor, KEY_PAPER),
        "sees_set_aside": allowed(request.actor, READ_SET_ASIDE),
        "judges_answering": allowed(request.actor, JUDGE_ANSWERING),
        "at": at_of(request, one),
        "plans": manages,
        "is_template": is_template(one),
        "reasons": reasons_given(one) if allowed(request.actor, MANAGE_CAMPAIGN) else [],
        "second": second_links(request.actor, one, now=timezone.now()),
    }
    return render(request, "screening/campaign.html", context)


@requires(READ_CAMPAIGNS)
def campaign_workbook(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The progress per class as XLSX."""
    one = _campaign_or_404(request, campaign_id)
    content = class_book(one, progress_here(request.actor, one), by=request.actor, now=timezone.now())
    return workbook_response(content, file_name="progress.xlsx")


@requires(READ_PUPIL_PROGRESS)
def class_progress(request: HttpRequest, slug: str, campaign_id: UUID, class_id: int) -> HttpResponse:
    """Who of a class has done it and who has not; nothing about how."""
    one = _campaign_or_404(request, campaign_id)
    school_class = class_here(request.actor, class_id)
    if school_class is None:
        raise Http404
    context = {
        "campaign": one,
        "school_class": school_class,
        "rows": pupils_of(request.actor, one, school_class),
        "columns": PUPIL_COLUMNS,
    }
    return render(request, "screening/class_progress.html", context)


def _campaign_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = campaign_at_school(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found
