"""The gallery at /ui/: every component, so that nobody invents a second button. Open in the demo, else for staff."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qingyan.foundation.access.actor import Kind
from qingyan.foundation.access.views import public
from qingyan.ui.gallery import components, example_context


@public(reason="components with invented values; outside the demo and development only signed-in staff see it")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with its name and an example."""
    if not (settings.DEBUG or settings.QINGYAN.mode == "demo" or request.actor.kind is Kind.STAFF):
        raise Http404
    return render(request, "ui/gallery.html", {"components": components(), **example_context()})
