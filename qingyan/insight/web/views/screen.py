"""The big screen of the bureau: one page that brings itself up to date."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingyan.foundation.access.views import requires
from qingyan.insight.policy import READ_CITY_BOARD
from qingyan.insight.queries.screens import city_screen
from qingyan.insight.web.screened import panels
from qingyan.organisations import api as organisations


@requires(READ_CITY_BOARD)
def screen(request: HttpRequest) -> HttpResponse:
    """The page, or its figures alone when it asks for them again."""
    city = organisations.the_city()
    if city is None:
        raise Http404
    seen = city_screen(request.actor, city)
    part = request.headers.get("HX-Request") == "true"
    context = {"city": city, "screen": seen, **panels(seen)}
    return render(request, "insight/screen_figures.html" if part else "insight/screen.html", context)
