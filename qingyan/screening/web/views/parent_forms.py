"""Guardians fill in a questionnaire at their door; the counsellor asks for it and takes it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qingyan.foundation.access.views import public, requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.device import device_of, mark_device, mark_of
from qingyan.screening.actions import parents as actions
from qingyan.screening.policy import READ_CANDIDATES
from qingyan.screening.queries.campaigns import campaign_at_school
from qingyan.screening.queries.parent_forms import form_of
from qingyan.screening.web.forms_parent import ParentAnswers, ParentCodeForm, sealed, unsealed


@public("the guardians' questionnaire: a parent has no account; the printed code is asked for")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def parent_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code; a right one for which something waits leads to the questions."""
    form = ParentCodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _code_page(request, form=form)
    code, school = form.cleaned_data["code"], request.school.id
    found = actions.open_form(school_id=school, code=code, device=device_of(request), now=timezone.now())
    return _code_page(request, form=ParentCodeForm(), refused=True) if found is None else _questions(request, found)


@public("the second step of the guardians' questionnaire; the sealed word of the first step is asked for")
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def parent_answers(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the answers; an incomplete page comes back with what was chosen."""
    form_id = unsealed(request.POST.get("held", ""), device=mark_of(request))
    if form_id is None:
        return redirect("screening:parent_form", slug=slug)
    now, school = timezone.now(), request.school.id
    found = actions.open_again(school_id=school, form_id=form_id, now=now)
    if found is None:
        return _code_page(request, form=ParentCodeForm(), too_late=True)
    form = ParentAnswers(request.POST, page=found.page)
    if not form.is_valid():
        return _questions(request, found, form)
    given = {"given": form.given, "relation": form.cleaned_data["relation"]}
    if not actions.answer(school_id=school, form_id=form_id, **given, now=now):
        return _code_page(request, form=ParentCodeForm(), too_late=True)
    return _unkept(render(request, "screening/parent_form/thanks.html"))


@requires(READ_CANDIDATES)
@require_POST
def ask_guardians(request: HttpRequest, slug: str, campaign_id: UUID, student_id: UUID) -> HttpResponse:
    """Ask the guardians of one pupil."""
    campaign = campaign_at_school(request.actor, campaign_id)
    if campaign is None:
        raise Http404
    given = {"campaign": campaign, "student_id": student_id, "instrument": request.POST.get("instrument", "")}
    try:
        actions.ask_guardians(**given, by=request.actor, now=timezone.now())
        messages.success(request, _("已安排。请把家长回执码交给家长，家长在家长页面填写，21 天内有效。"))
    except LookupError:
        messages.error(request, _("这份问卷现在不能请家长填写。"))
    return redirect("screening:compare", slug=slug, campaign_id=campaign_id, student_id=student_id)


@requires(READ_CANDIDATES)
@require_POST
def withdraw_parent_form(request: HttpRequest, slug: str, form_id: UUID) -> HttpResponse:
    """The guardians need not fill it in after all."""
    found = form_of(request.actor, form_id)
    if found is None:
        raise Http404
    try:
        actions.withdraw(form=found, by=request.actor, now=timezone.now())
        messages.success(request, _("已撤回，家长不会再看到它。"))
    except NotAllowed:
        messages.error(request, _("家长已经填写，不能撤回。"))
    return redirect("screening:compare", slug=slug, campaign_id=found.campaign_id, student_id=found.student_id)


def _code_page(request: HttpRequest, **context: object) -> HttpResponse:
    response = _unkept(render(request, "screening/parent_form/code.html", context))
    mark_device(request, response)
    return response


def _questions(request: HttpRequest, found: actions.Waiting, form: ParentAnswers | None = None) -> HttpResponse:
    form = form or ParentAnswers(page=found.page)
    context = {"found": found, "form": form, "held": sealed(found.form, device=mark_of(request))}
    status = 422 if form.errors else 200
    return _unkept(render(request, "screening/parent_form/questions.html", context, status=status))


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store, private"
    return response
