"""Registration of tests: the school's list, request and answer; the city's list and decision. No pupil."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import asked_for, kept, page_of
from qingyan.screening.actions import registering as actions
from qingyan.screening.actions.campaigns import Unfit
from qingyan.screening.models import Registration
from qingyan.screening.policy import (
    DECIDE_REGISTRATION,
    FILE_REGISTRATION,
    READ_CITY_REGISTRATIONS,
    READ_REGISTRATIONS,
)
from qingyan.screening.queries import registrations as queries
from qingyan.screening.web.forms_registration import AgainForm, AnswerForm, RequestForm
from qingyan.screening.web.words_registration import COLUMNS, facts, moments
from qingyan.screening.workflow import ASKED_BACK, FILED, REGISTRATION


@requires(READ_REGISTRATIONS)
def registrations(request: HttpRequest, slug: str) -> HttpResponse:
    """What this school has registered."""
    may_file = allowed(request.actor, FILE_REGISTRATION)
    return _list(request, queries.registrations_at_school(request.actor), may_file=may_file)


@requires(READ_CITY_REGISTRATIONS)
def city_registrations(request: HttpRequest) -> HttpResponse:
    """What the schools of the city have registered."""
    return _list(request, queries.city_registrations(request.actor))


@requires(FILE_REGISTRATION)
def new_registration(request: HttpRequest, slug: str) -> HttpResponse:
    """Register a test."""
    form = RequestForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.file(school_id=request.school.id, given=form.request(), by=request.actor, now=timezone.now())
        except Unfit as unfit:
            form.add_error(None, unfit.faults)
        else:
            messages.success(request, _("已交给市里，批准以后才能开放。"))
            return redirect("screening:registration", slug=slug, registration_id=made.id)
    status = 422 if form.errors else 200
    return render(request, "screening/registration/new.html", {"form": form}, status=status)


@requires(READ_REGISTRATIONS)
def registration(request: HttpRequest, slug: str, registration_id: UUID) -> HttpResponse:
    """One request with everything that was said; where the city asked back, the form to file it again."""
    return _at_school(request, _found(queries.registration_at_school(request.actor, registration_id)))


@requires(FILE_REGISTRATION)
@require_POST
def file_again(request: HttpRequest, slug: str, registration_id: UUID) -> HttpResponse:
    """Answer what the city asked."""
    row = _found(queries.registration_at_school(request.actor, registration_id))
    form = AgainForm(row, request.POST)
    if form.is_valid():
        said = {"given": form.request(), "note": form.cleaned_data["note"], "by": request.actor}
        try:
            actions.file_again(registration=row, now=timezone.now(), **said)
        except Unfit as unfit:
            form.add_error(None, unfit.faults)
        except NotAllowed:
            messages.error(request, _("现在不能这样做，请看最新的状态。"))
            return redirect("screening:registration", slug=slug, registration_id=registration_id)
        else:
            messages.success(request, _("已重新交给市里。"))
            return redirect("screening:registration", slug=slug, registration_id=registration_id)
    return _at_school(request, row, form=form, status=422)


@requires(FILE_REGISTRATION)
@require_POST
def withdraw(request: HttpRequest, slug: str, registration_id: UUID) -> HttpResponse:
    """Not wanted any more."""
    row = _found(queries.registration_at_school(request.actor, registration_id))
    try:
        actions.withdraw(registration=row, by=request.actor, now=timezone.now())
        messages.success(request, _("已撤回。"))
    except NotAllowed:
        messages.error(request, _("现在不能这样做，请看最新的状态。"))
    return redirect("screening:registration", slug=slug, registration_id=registration_id)


@requires(READ_CITY_REGISTRATIONS)
def city_registration(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """One request, for whoever decides."""
    return _in_city(request, _found(queries.city_registration(request.actor, registration_id)))


@requires(DECIDE_REGISTRATION)
@require_POST
def decide(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Approve, refuse, ask back."""
    row = _found(queries.city_registration(request.actor, registration_id))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _in_city(request, row, form=form, status=422)
    try:
        actions.decide(registration=row, by=request.actor, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("答复已记下，学校马上能看到。"))
    except Unfit as unfit:
        form.add_error(None, unfit.faults)
        return _in_city(request, row, form=form, status=422)
    except NotAllowed:
        messages.error(request, _("现在不能这样做，请看最新的状态。"))
    return redirect("screening:city_registration", registration_id=registration_id)


def _list(request: HttpRequest, rows: Any, **context: Any) -> HttpResponse:
    state = asked_for(request.GET, "state")
    found = queries.in_state(rows, state)
    context |= {
        "page": page_of(found.order_by("-filed_at", "id"), request.GET),
        "columns": COLUMNS,
        "states": REGISTRATION.choices(),
        "wanted": state,
        "query": kept(request.GET),
    }
    return render(request, "screening/registration/list.html", context)


def _at_school(request: HttpRequest, row: Registration, *, form: Any = None, status: int = 200) -> HttpResponse:
    files = allowed(request.actor, FILE_REGISTRATION, row)
    again = form or (AgainForm(row) if files and row.state == ASKED_BACK else None)
    leaves = files and any(step.verb == "withdraw" for step in REGISTRATION.steps_from(row.state))
    context = {"row": row, "facts": facts(row), "moments": moments(row), "form": again, "may_withdraw": leaves}
    return render(request, "screening/registration/one.html", context, status=status)


def _in_city(request: HttpRequest, row: Registration, *, form: Any = None, status: int = 200) -> HttpResponse:
    waits = row.state == FILED
    context = {
        "row": row,
        "facts": facts(row),
        "moments": moments(row),
        "against": queries.against(row) if waits else [],
        "answer": form or (AnswerForm() if waits else None),
    }
    return render(request, "screening/registration/one.html", context, status=status)


def _found(row: Registration | None) -> Registration:
    if row is None:
        raise Http404
    return row
