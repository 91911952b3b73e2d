"""The pupils' door at /s/<slug>/door/: class code and slip, "is that you?", sign in, sign out."""

from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.foundation.access.views import public
from qingyan.foundation.web.listing import asked_for
from qingyan.people.actions.door import (
    Recognised,
    at_the_door,
    end_session,
    open_session,
    show_picture,
    try_slip,
)
from qingyan.people.api import give_ticket, take_ticket, ticket_of
from qingyan.people.queries.door import class_title
from qingyan.people.web.cookies import device_of, mark_device
from qingyan.people.web.drawings import drawn_pictures
from qingyan.people.web.forms import ConfirmationForm, DoorForm


@public("the pupils' door: whoever stands here is not signed in yet")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for class code and slip; a right slip leads to "is that you?"."""
    form = DoorForm(request.POST or None, initial={"school_class": asked_for(request.GET, "class", longest=12)})
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        answer = try_slip(
            school_id=request.school.id,
            class_code=form.cleaned_data["school_class"],
            code=form.cleaned_data["code"],
            device=device_of(request),
            now=timezone.now(),
        )
        if isinstance(answer, Recognised):
            return _is_that_you(request, answer)
        again = DoorForm(initial={"school_class": form.cleaned_data["school_class"]})
        context = {"form": again, "refused": True, "wait": answer.wait}
    response = render(request, "people/door.html", context)
    mark_device(request, response)
    return response


def _is_that_you(request: HttpRequest, answer: Recognised) -> HttpResponse:
    context = {
        "masked_name": answer.masked_name,
        "class_title": class_title(answer.school_class),
        "token": ConfirmationForm.seal(slip=answer.slip, device=device_of(request)),
        "pictures": drawn_pictures() if answer.picture else (),
    }
    return render(request, "people/door_confirmation.html", context)


@public("the second step of the pupils' door; the sealed word of the first step is asked for")
@require_http_methods(["GET", "POST"])
@never_cache
def confirmation(request: HttpRequest, slug: str) -> HttpResponse:
    """The pupil said "that is me": open the session and go on to the tests. Who reloads it begins again."""
    if request.method == "GET":
        return redirect("people:door", slug=slug)
    device, now, school = device_of(request), timezone.now(), request.school.id
    slip = ConfirmationForm(request.POST).slip_on(device)
    picture = request.POST.get("picture", "")
    shown = slip and show_picture(school_id=school, slip_id=UUID(slip), picture=picture, device=device, now=now)
    ticket = open_session(school_id=school, slip_id=UUID(slip), now=now) if slip and shown else None
    if slip and not shown:
        return render(request, "people/door.html", {"form": DoorForm(), "wrong_picture": True})
    if ticket is None:
        return render(request, "people/door.html", {"form": DoorForm(), "too_late": True})
    with at_the_door(request.school.id):  # the narrow role of a homeroom teacher may not touch sessions
        logout(request)  # a teacher's session on this machine ends here
    response = redirect("organisations:home", slug=slug)
    give_ticket(response, ticket)
    return response


@public("ends the pupil's own session, if there is one")
@require_POST
@never_cache
def sign_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign out and leave nothing on the machine."""
    ticket = ticket_of(request)
    if ticket is not None:
        end_session(ticket=ticket, now=timezone.now())
    response = redirect("people:goodbye", slug=slug)
    take_ticket(response)
    return response


@public("says goodbye; shows nobody")
@never_cache
def goodbye(request: HttpRequest, slug: str) -> HttpResponse:
    """Signed out: the next pupil may sit down."""
    return render(request, "people/goodbye.html")
