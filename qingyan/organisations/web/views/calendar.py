"""School years, terms, and the days that are not as their weekday says; kept by the city officer."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.foundation.access.views import requires
from qingyan.organisations import actions
from qingyan.organisations.policy import KEEP_CALENDAR
from qingyan.organisations.queries import places
from qingyan.organisations.web.forms import SchoolYearForm, SpecialDayForm, TermForm

DAYS_AHEAD = 366


@requires(KEEP_CALENDAR)
def years(request: HttpRequest) -> HttpResponse:
    """All years with their terms, and the two forms."""
    return _page(request, SchoolYearForm(), TermForm())


@requires(KEEP_CALENDAR)
@require_POST
def add_year(request: HttpRequest) -> HttpResponse:
    """Adds a school year."""
    form = SchoolYearForm(request.POST)
    if form.is_valid():
        try:
            year = actions.add_school_year(**form.cleaned_data, by=request.actor, now=timezone.now())
        except actions.Unfit as unfit:
            form.add_error(None, unfit.faults)
        else:
            messages.success(request, _("已添加 %(name)s 学年。") % {"name": year.name})
            return redirect("organisations:years")
    return _page(request, form, TermForm())


@requires(KEEP_CALENDAR)
@require_POST
def add_term(request: HttpRequest) -> HttpResponse:
    """Adds a term."""
    form = TermForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        span = (given["starts_on"], given["ends_on"])
        try:
            actions.add_term(
                year=given["school_year"], ordinal=given["ordinal"], span=span, by=request.actor, now=timezone.now()
            )
        except actions.Unfit as unfit:
            form.add_error(None, unfit.faults)
        else:
            messages.success(request, _("已添加学期。"))
            return redirect("organisations:years")
    return _page(request, SchoolYearForm(), form)


@requires(KEEP_CALENDAR)
@require_POST
def add_day(request: HttpRequest) -> HttpResponse:
    """Adds a holiday, or a day on which schools work although it looks free."""
    form = SpecialDayForm(request.POST)
    if form.is_valid():
        try:
            city = places.city_of_officer()
            actions.add_special_day(city=city, **form.cleaned_data, by=request.actor, now=timezone.now())
        except actions.Unfit as unfit:
            form.add_error(None, unfit.faults)
        else:
            messages.success(request, _("已登记这一天。"))
            return redirect("organisations:years")
    return _page(request, SchoolYearForm(), TermForm(), form)


def _page(
    request: HttpRequest, year_form: SchoolYearForm, term_form: TermForm, day_form: SpecialDayForm | None = None
) -> HttpResponse:
    terms = places.terms()
    years_shown = [(year, [term for term in terms if term.school_year_id == year.id]) for year in places.years()]
    day_form = day_form or SpecialDayForm()
    today = timezone.localdate()
    days = places.special_days(None, today, today + timedelta(days=DAYS_AHEAD)).values()
    forms = {"year_form": year_form, "term_form": term_form, "day_form": day_form}
    context = {"years": years_shown, "days": list(days), **forms}
    wrong = year_form.errors or term_form.errors or day_form.errors
    return render(request, "organisations/years.html", context, status=422 if wrong else 200)
