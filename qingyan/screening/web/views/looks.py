"""Who looked at the file, by role and date: for the pupil who is signed in, and for a guardian with the code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from qingyan.archives.contracts import ToldLook
from qingyan.foundation.access.views import public
from qingyan.foundation.web.device import device_of, mark_device
from qingyan.foundation.web.listing import page_of
from qingyan.people import api as people
from qingyan.screening.actions import telling_looks as actions
from qingyan.screening.web.forms_parent import ParentCodeForm
from qingyan.screening.web.pupils_page import pupils_page


@pupils_page
@require_safe
def own_looks(request: HttpRequest, slug: str) -> HttpResponse:
    """For the pupil."""
    found = actions.tell_pupil(by=request.actor, now=timezone.now())
    page = page_of(found, request.GET)
    return _unkept(render(request, "screening/looks/own.html", {"page": page, "lines": _lines(list(page))}))


@public("the guardians' page: a parent has no account; the printed code is asked for")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def guardian_looks(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code; a right one shows the days of a year on one page, which no machine keeps."""
    form = ParentCodeForm(request.POST if request.method == "POST" else None)
    found, refused = None, False
    if form.is_valid():
        given = {"school_id": request.school.id, "code": form.cleaned_data["code"], "device": device_of(request)}
        found = actions.tell_guardian(**given, now=timezone.now())
        form, refused = ParentCodeForm(), found is None
    if found is not None:
        context = {"found": found, "lines": _lines(found.looks)}
        return _unkept(render(request, "screening/looks/guardian.html", context))
    response = _unkept(render(request, "screening/looks/code.html", {"form": form, "refused": refused}))
    mark_device(request, response)
    return response


def _lines(looks: list[ToldLook]) -> list[tuple]:
    return [(one.on, people.role_words(one.roles)) for one in looks]


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response
