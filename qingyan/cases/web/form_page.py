"""The page of one form about one case: what it asks, the form, and the way back. Every step's paper uses it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qingyan.cases.actions.opening import NoCounsellor
from qingyan.cases.actions.planning import GuardianWithheld
from qingyan.cases.actions.sealing import NotYet
from qingyan.cases.models import Case
from qingyan.cases.policy import READ_CASES
from qingyan.cases.queries.words import fault_words
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.pure.workflow import NotAllowed


@dataclass(frozen=True)
class Paper:
    """What a form's page says: its title, a line of help, its button, and a warning if there is one."""

    title: str | Promise
    lead: str | Promise = ""
    button: str | Promise = ""
    warning: str | Promise = ""


def form_page(
    request: HttpRequest, case: Case, form: forms.Form, paper: Paper, *, template: str = "cases/form.html"
) -> HttpResponse:
    """The page with this form; 422 when it came back with faults."""
    context = {"case": case, "form": form, "paper": paper}
    return render(request, template, context, status=422 if form.errors else 200)


def back(request: HttpRequest, case: Case, said: str | Promise) -> HttpResponse:
    """Say that it was done, and show the case."""
    messages.success(request, said)
    return redirect("cases:case", slug=request.school.slug, case_id=case.id)


def leave(request: HttpRequest, said: str | Promise) -> HttpResponse:
    """Say that it was done, and go back to the list: the case is no longer this person's to see."""
    messages.success(request, said)
    here = "cases:cases" if allowed(request.actor, READ_CASES) else "cases:leader"
    return redirect(here, slug=request.school.slug)


def refused(request: HttpRequest, case: Case, refusal: Exception) -> HttpResponse:
    """Say kindly why it was not done, and show the case as it is now."""
    if isinstance(refusal, NotYet):
        for words in fault_words(refusal.faults):
            messages.warning(request, words)
    elif isinstance(refusal, NoCounsellor):
        messages.warning(request, _("负责人要是今天在本校任职的心理教师。"))
    elif isinstance(refusal, GuardianWithheld):
        messages.warning(request, _("监护人可能是伤害的来源：先不要联系监护人，按强制报告流程办理。"))
    else:
        messages.info(request, _("个案已经到了另一步，请看看现在的情况。"))
    return redirect("cases:case", slug=request.school.slug, case_id=case.id)


REFUSALS = (GuardianWithheld, NotYet, NoCounsellor, NotAllowed)
