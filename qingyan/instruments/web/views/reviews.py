"""The city's review desk: every version with its state; one version with what must be looked at, signed, decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, asked_for, kept, page_of
from qingyan.instruments.actions.reviewing import NotReady, Subject, decide, sign_item
from qingyan.instruments.contracts import InstrumentNotReleased
from qingyan.instruments.policy import DECIDE_REVIEW, READ_REVIEWS, SIGN_ITEMS
from qingyan.instruments.queries.reviews import Standing, standing_of, standings
from qingyan.instruments.web import desk, pages
from qingyan.instruments.web.forms_review import DecisionForm, SignatureForm
from qingyan.organisations.api import the_city

COLUMNS = (
    Column("", gettext_lazy("量表")),
    Column("", gettext_lazy("版本")),
    Column("", gettext_lazy("许可")),
    Column("", gettext_lazy("需签署的题"), numeric=True),
    Column("", gettext_lazy("审核")),
    Column("", gettext_lazy("现在可用的年级")),
    Column("", gettext_lazy("决定于")),
)


@requires(READ_REVIEWS)
def reviews(request: HttpRequest) -> HttpResponse:
    """Every released version and what the city has decided."""
    found = desk.kept(standings(_city_id()), request.GET)
    page = page_of(found, request.GET)
    context = {
        "page": page,
        "rows": [desk.row(one) for one in page],
        "columns": COLUMNS,
        "states": desk.STATES,
        "wanted": {key: asked_for(request.GET, key) for key in ("state", "name")},
        "query": kept(request.GET),
        "found": len(found),
    }
    return render(request, "instruments/reviews.html", context)


@requires(READ_REVIEWS)
def review(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """One version: what must be looked at, the items to sign, the decision, what was decided before."""
    return _page(request, _standing(code, version))


@requires(DECIDE_REVIEW)
@require_POST
def decision(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """Decide."""
    standing, form = _standing(code, version), DecisionForm(request.POST)
    if form.is_valid():
        try:
            decide(subject=_subject(code, version), ruling=form.ruling(), by=request.actor, now=timezone.now())
        except NotReady as refused:
            form.add_error(None, desk.sentences(refused.lacks))
        else:
            messages.success(request, _("决定已记下，从现在起按它核对。以前的决定还在下面。"))
            return redirect("instruments:review", code=code, version=version)
    return _page(request, standing, decision_form=form, status=422)


@requires(SIGN_ITEMS)
@require_POST
def signature(request: HttpRequest, code: str, version: str) -> HttpResponse:
    """Sign one sensitive item."""
    standing, form = _standing(code, version), SignatureForm(request.POST)
    if not form.is_valid():
        return _page(request, standing, signature_form=form, status=422)
    given = {"item": form.cleaned_data["item"], "lowest_grade": form.grade, "note": form.cleaned_data["note"]}
    try:
        sign_item(subject=_subject(code, version), by=request.actor, now=timezone.now(), **given)
    except LookupError as absent:
        raise Http404 from absent
    except NotReady as refused:
        form.add_error(None, desk.sentences(refused.lacks))
        return _page(request, standing, signature_form=form, status=422)
    messages.success(request, _("已签署，马上生效。"))
    return redirect("instruments:review", code=code, version=version)


def _page(request: HttpRequest, standing: Standing, *, status: int = 200, **forms: Any) -> HttpResponse:
    signing = forms.get("signature_form")
    context = {
        "page": pages.page(standing.plan),
        "standing": desk.row(standing),
        "items": desk.sensitive(standing, signing),
        "history": desk.history(standing),
        "signing": signing,
        "form": forms.get("decision_form") or DecisionForm(),
        "may_decide": allowed(request.actor, DECIDE_REVIEW),
    }
    return render(request, "instruments/review.html", context, status=status)


def _city_id() -> int | None:
    city = the_city()
    return city.id if city else None


def _subject(code: str, version: str) -> Subject:
    city_id = _city_id()
    if city_id is None:
        raise Http404
    return Subject(city_id, code, version)


def _standing(code: str, version: str) -> Standing:
    try:
        return standing_of(_city_id(), code, version)
    except InstrumentNotReleased as absent:
        raise Http404 from absent
