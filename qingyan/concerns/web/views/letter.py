"""Reading the answer with the token of the receipt, and writing again. The token never stands in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qingyan.concerns.actions.following import Shut, Thread, follow, write_again
from qingyan.concerns.web.forms import AgainForm, TokenForm
from qingyan.foundation.access.views import public


@public("whoever wrote a letter reads the answer with the token of the receipt")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def reply(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the token; a right one shows the thread, and a text with it goes on."""
    form = TokenForm(request.POST or None)
    again = AgainForm(request.POST) if "text" in request.POST else None
    if not form.is_valid():
        return _page(request, form=form)
    opened = _opened(request.school.id, form.cleaned_data["token"], again)
    if isinstance(opened, Shut):
        return _page(request, form=TokenForm(), refused=True, wait=opened.wait)
    kept = again if again and again.errors else AgainForm()
    return _page(
        request, thread=opened, again=kept, token=form.cleaned_data["token"], sent=bool(again and not again.errors)
    )


def _opened(school_id: int, token: str, again: AgainForm | None) -> Thread | Shut:
    now = timezone.now()
    if again is not None and again.is_valid():
        return write_again(school_id=school_id, token=token, text=again.cleaned_data["text"], now=now)
    return follow(school_id=school_id, token=token, now=now)


def _page(request: HttpRequest, **context: object) -> HttpResponse:
    response = render(request, "concerns/door_reply.html", context)
    response.headers["Cache-Control"] = "no-store, private"
    return response
