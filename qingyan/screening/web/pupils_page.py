"""The mark of a pupil's page: it needs the pupil, sends strangers to the pupils' door, and keeps the session alive."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from qingyan.foundation.access.actor import Kind
from qingyan.foundation.access.views import requires
from qingyan.people import api as people
from qingyan.screening.policy import TAKE_TEST

View = Callable[..., HttpResponse]


def pupils_page(view: View) -> View:
    """Like requires(TAKE_TEST), but the door is the pupils' own."""
    guarded = requires(TAKE_TEST)(view)

    @wraps(guarded)
    def page(request: HttpRequest, slug: str, **kwargs) -> HttpResponse:
        if request.actor.kind is Kind.ANONYMOUS:
            return redirect("people:door", slug=slug)
        response = guarded(request, slug, **kwargs)
        people.keep_signed_in(request, response)
        return response

    return page
