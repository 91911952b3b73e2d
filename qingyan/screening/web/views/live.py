"""Live boards of a round: at a school, and for district and city. Counts of sheets, never a person."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.workbook import workbook_response
from qingyan.screening.models import Campaign
from qingyan.screening.policy import READ_PROGRESS, WATCH_CITY
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.live import Live, live_above, live_here, round_to_watch, rounds_to_watch
from qingyan.screening.web.live_book import live_book
from qingyan.screening.web.words import LIVE_HOUR_COLUMNS, LIVE_PLACE_COLUMNS
from qingyan.ui.charts import line_chart


@requires(READ_PROGRESS)
def school_live(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """This school, by the hour."""
    campaign = _here_or_404(request, campaign_id)
    return _page(request, campaign, live_here(request.actor, campaign, now=timezone.now()))


@requires(READ_PROGRESS)
def school_live_workbook(request: HttpRequest, slug: str, campaign_id: UUID) -> HttpResponse:
    """The same as XLSX."""
    campaign = _here_or_404(request, campaign_id)
    live = live_here(request.actor, campaign, now=timezone.now())
    return workbook_response(live_book(campaign, live, by=request.actor), file_name="live.xlsx")


@requires(WATCH_CITY)
def rounds(request: HttpRequest) -> HttpResponse:
    """Which round to watch."""
    return render(request, "screening/testday/live_rounds.html", {"rounds": rounds_to_watch(request.actor)})


@requires(WATCH_CITY)
def city_live(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The schools of the city or of the district, by the hour."""
    campaign = _above_or_404(request, campaign_id)
    return _page(request, campaign, live_above(request.actor, campaign, now=timezone.now()))


@requires(WATCH_CITY)
def city_live_workbook(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The same as XLSX."""
    campaign = _above_or_404(request, campaign_id)
    live = live_above(request.actor, campaign, now=timezone.now())
    return workbook_response(live_book(campaign, live, by=request.actor), file_name="live.xlsx")


def _page(request: HttpRequest, campaign: Campaign, live: Live) -> HttpResponse:
    context: dict[str, Any] = {
        "campaign": campaign,
        "live": live,
        "hour_columns": LIVE_HOUR_COLUMNS,
        "place_columns": LIVE_PLACE_COLUMNS,
        "chart": _chart(live),
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "screening/testday/live_board.html" if part else "screening/testday/live.html", context)


def _chart(live: Live):
    if not live.hours:
        return None
    series = [
        (_("开始"), [None if line.started is None else float(line.started) for line in live.hours]),
        (_("交卷"), [None if line.finished is None else float(line.finished) for line in live.hours]),
    ]
    most = max((value or 0 for _word, values in series for value in values), default=0)
    return line_chart(series, labels=[line.label for line in live.hours], limits=(0, max(most, 5)))


def _here_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = campaign_at_school(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found


def _above_or_404(request: HttpRequest, campaign_id: UUID) -> Campaign:
    found = round_to_watch(request.actor, campaign_id)
    if found is None:
        raise Http404
    return found
