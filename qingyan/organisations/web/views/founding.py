"""Districts, schools and stations, entered by the city officer. Their people come from people's pages."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.foundation.access.views import requires
from qingyan.organisations import actions
from qingyan.organisations.policy import KEEP_PLACES
from qingyan.organisations.queries import places
from qingyan.organisations.web.forms_places import DistrictForm, SchoolForm, StationForm

FIELD_OF = {"slug_shape": "slug", "slug_taken": "slug", "name_taken": "name"}


@requires(KEEP_PLACES)
def district(request: HttpRequest) -> HttpResponse:
    """A new district."""
    form = DistrictForm(request.POST or None)

    def add() -> object:
        return actions.add_district(
            city=places.city_of_officer(), **form.cleaned_data, by=request.actor, now=timezone.now()
        )

    return _page(request, form, add, _("新增区"))


@requires(KEEP_PLACES)
def school(request: HttpRequest) -> HttpResponse:
    """A new school with its sub-site."""
    form = SchoolForm(request.POST or None)

    def add() -> object:
        return actions.add_school(plan=form.plan(), by=request.actor, now=timezone.now())

    return _page(request, form, add, _("新增学校"))


@requires(KEEP_PLACES)
def station(request: HttpRequest) -> HttpResponse:
    """A new guidance station."""
    form = StationForm(request.POST or None)

    def add() -> object:
        return actions.add_station(
            city=places.city_of_officer(), plan=form.plan(), by=request.actor, now=timezone.now()
        )

    return _page(request, form, add, _("新增辅导站"))


def _page(request: HttpRequest, form: forms.Form, add: Callable[[], object], title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = add()
        except actions.Unfit as unfit:
            for fault, words in zip(unfit.codes, unfit.faults, strict=True):
                form.add_error(FIELD_OF.get(fault), words)
        else:
            messages.success(request, _("已新增“%(name)s”。") % {"name": made})
            return redirect("organisations:city")
    context = {"form": form, "title": title}
    return render(request, "organisations/new_place.html", context, status=422 if form.errors else 200)
