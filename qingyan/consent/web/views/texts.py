"""The consent texts of a school or of the city: what was published, and a new version."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingyan.consent.actions.publishing import publish_text
from qingyan.consent.contracts import NewText
from qingyan.consent.policy import PUBLISH_CITY_TEXT, PUBLISH_TEXT
from qingyan.consent.queries.purposes import purposes
from qingyan.consent.queries.texts import texts
from qingyan.consent.web.forms import TextForm
from qingyan.foundation.access.actor import Actor
from qingyan.foundation.access.views import requires


@requires(PUBLISH_TEXT)
@require_http_methods(["GET", "POST"])
def school_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Texts that count at this school; publishing makes one of the school's own."""
    return _page(request, school_id=request.school.id, city_id=None)


@requires(PUBLISH_CITY_TEXT)
@require_http_methods(["GET", "POST"])
def city_texts(request: HttpRequest) -> HttpResponse:
    """Texts of the city."""
    return _page(request, school_id=None, city_id=_city(request.actor))


def _page(request: HttpRequest, *, school_id: int | None, city_id: int | None) -> HttpResponse:
    form = TextForm(request.POST or None)
    if form.is_valid():
        new = NewText(**form.cleaned_data, school_id=school_id, city_id=city_id)
        text = publish_text(new=new, by=request.actor, now=timezone.now())
        messages.success(request, _("已发布第 %(version)s 版。") % {"version": text.version})
        return redirect(request.path)
    titles = {one.code: one for one in purposes().values()}
    rows = [(text, titles[text.purpose]) for text in texts(request.actor)]
    context = {"rows": rows, "form": form}
    return render(request, "consent/texts.html", context, status=422 if form.is_bound else 200)


def _city(actor: Actor) -> int | None:
    return next((post.city_id for post in actor.posts_here if post.city_id is not None), None)
