"""Talks with guardians: the form, and what was recorded, for who carries the case and the school's leader."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.looking import open_panels
from qingyan.cases.actions.moving import held
from qingyan.cases.actions.planning import GuardianWithheld, Told, talk_with_guardian
from qingyan.cases.policy import CARRY, READ_PANEL
from qingyan.cases.queries.owners import invited
from qingyan.cases.queries.plans import guardian_talks_of
from qingyan.cases.web.form_page import REFUSALS, Paper, back, form_page, refused
from qingyan.cases.web.forms_plans import RELATIONS, GuardianTalkForm
from qingyan.foundation.access.views import requires

PAPER = Paper(
    _("与监护人谈话"),
    _("先当面谈，再请对方签收告知书；拒绝时也如实记下。不谈得分，不谈谈话的原文。"),
    _("记下谈话"),
)


@requires(READ_PANEL)
def guardian_talks(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every talk; the look is recorded."""
    case = open_panels(case_id=case_id, by=request.actor, now=timezone.now())
    talks, relations = guardian_talks_of(case), dict(RELATIONS)
    lines = [(talk, relations.get(talk.relation, "")) for talk in talks]
    return render(request, "cases/guardian_talks.html", {"case": case, "lines": lines, "now": timezone.localtime()})


@requires(CARRY)
def guardian_talk(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Record a talk; while a guardian may be the source of harm there is no form."""
    now = timezone.now()
    case = held(request.actor, case_id, CARRY)
    if case.guardian_withheld:
        return refused(request, case, GuardianWithheld())
    staff, _leaders = invited(request.actor, now)
    staff.pop(request.actor.id, None)
    form = GuardianTalkForm(request.POST or None, staff=staff, initial={"at": timezone.localtime(now)})
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, PAPER)
    try:
        talk_with_guardian(case=case, told=Told(**form.cleaned_data), by=request.actor, now=now)
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return back(request, case, _("谈话已记下。"))
