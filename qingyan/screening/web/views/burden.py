"""The calendar of all tests by grade and month, for a school and for the city; the city's limits."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.workbook import workbook_response
from qingyan.screening.actions import burden as actions
from qingyan.screening.actions.campaigns import Holder
from qingyan.screening.policy import MANAGE_CITY_CAMPAIGN, READ_CAMPAIGNS, READ_CITY_CAMPAIGNS, cities_of
from qingyan.screening.queries.burden import limits_of
from qingyan.screening.queries.calendar import Calendar, calendar_of
from qingyan.screening.web.calendar_book import calendar_book, half_asked, page
from qingyan.screening.web.forms_burden import LimitsForm


@requires(READ_CAMPAIGNS)
def school_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What the grades of this school are asked."""
    return render(request, "screening/calendar.html", page(_at_school(request)))


@requires(READ_CAMPAIGNS)
def school_calendar_book(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as XLSX."""
    return _book(request, _at_school(request))


@requires(READ_CITY_CAMPAIGNS)
def city_calendar(request: HttpRequest) -> HttpResponse:
    """What the grades of the city are asked, by the city and by every school."""
    context = page(_in_city(request)) | {"may_limit": allowed(request.actor, MANAGE_CITY_CAMPAIGN)}
    return render(request, "screening/calendar.html", context)


@requires(READ_CITY_CAMPAIGNS)
def city_calendar_book(request: HttpRequest) -> HttpResponse:
    """The same as XLSX."""
    return _book(request, _in_city(request))


@requires(MANAGE_CITY_CAMPAIGN)
def limits(request: HttpRequest) -> HttpResponse:
    """Read and set the limits."""
    city_id = min(cities_of(request.actor))
    known = limits_of(city_id)
    form = LimitsForm(request.POST or None, initial=asdict(known))
    if request.method == "POST" and form.is_valid():
        actions.set_limits(city_id=city_id, limits=form.limits(), by=request.actor, now=timezone.now())
        messages.success(request, _("上限已保存，从下一次建立或开放活动起生效。"))
        return redirect("screening:city_calendar")
    return render(request, "screening/limits.html", {"form": form}, status=422 if form.errors else 200)


def _at_school(request: HttpRequest) -> Calendar:
    return calendar_of(Holder(school_id=request.school.id), half_asked(request.GET, timezone.now()))


def _in_city(request: HttpRequest) -> Calendar:
    holder = Holder(city_id=min(cities_of(request.actor)))
    return calendar_of(holder, half_asked(request.GET, timezone.now()))


def _book(request: HttpRequest, calendar: Calendar) -> HttpResponse:
    content = calendar_book(calendar, by=request.actor, now=timezone.now())
    return workbook_response(content, file_name="test-calendar.xlsx")
