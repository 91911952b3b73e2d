"""The panel: called, held, answered by a leader; and its papers for those two."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.cases.actions import panels as actions
from qingyan.cases.actions.looking import open_panels
from qingyan.cases.actions.moving import held
from qingyan.cases.policy import APPROVE, CARRY, READ_PANEL
from qingyan.cases.queries import packs
from qingyan.cases.queries.owners import invited
from qingyan.cases.queries.panels import members_of, open_panel, panels_of
from qingyan.cases.web.form_page import REFUSALS, back, leave, refused
from qingyan.cases.web.forms_panel import AnswerForm, ConveneForm, HoldForm
from qingyan.cases.workflow import CASE, CONVENED, HELD, PANEL
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed

NOTHING_HERE = NotAllowed("case: no such meeting now")


@requires(READ_PANEL)
def panels(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every meeting with its materials, votes and minutes; the look is recorded."""
    case = open_panels(case_id=case_id, by=request.actor, now=timezone.now())
    return render(
        request, "cases/panels.html", {"case": case, "readings": panels_of(case), "now": timezone.localtime()}
    )


@requires(CARRY)
def convene(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Call the panel."""
    now = timezone.now()
    case = held(request.actor, case_id, CARRY)
    if case.state != PANEL and "convene" not in {step.verb for step in CASE.steps_from(case.state)}:
        return refused(request, case, NOTHING_HERE)
    staff, leaders = invited(request.actor, now)
    initial = {"meets_at": timezone.localtime(now), "members": [str(request.actor.id), *map(str, leaders)]}
    form = ConveneForm(request.POST or None, staff=staff, leaders=leaders, initial=initial)
    if request.method != "POST" or not form.is_valid():
        context = {"case": case, "form": form, "rules": packs.panel()}
        return render(request, "cases/convene.html", context, status=422 if form.errors else 200)
    try:
        actions.convene(case=case, invitation=form.invitation, by=request.actor, now=now)
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return back(request, case, _("研判会已召集。"))


@requires(CARRY)
def hold(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Write down what came of the meeting."""
    case = held(request.actor, case_id, CARRY)
    panel = open_panel(case, CONVENED)
    if panel is None:
        return refused(request, case, NOTHING_HERE)
    form = HoldForm(request.POST or None, pack=packs.pack(case.pack), members=members_of(panel))
    if request.method != "POST" or not form.is_valid():
        return _minutes_page(request, case, form)
    try:
        actions.hold(panel=panel, held=form.held, by=request.actor, now=timezone.now())
    except actions.NotYet as refusal:
        return _minutes_page(request, case, form.with_faults(refusal.faults))
    return back(request, case, _("纪要已保存，等待校领导审批。"))


@requires(APPROVE)
def answer(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The leader's word on what the panel decided."""
    now = timezone.now()
    case = held(request.actor, case_id, APPROVE)
    panel = open_panel(case, HELD)
    if panel is None:
        return refused(request, case, NOTHING_HERE)
    form = AnswerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        open_panels(case_id=case_id, by=request.actor, now=now)
        context = {"case": case, "form": form, "readings": panels_of(case)[:1]}
        return render(request, "cases/answer.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["agrees"] == "yes":
            actions.approve(panel=panel, note=reason, by=request.actor, now=now)
        else:
            actions.send_back(panel=panel, reason=reason, by=request.actor, now=now)
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return leave(request, _("审批意见已记下。"))


def _minutes_page(request: HttpRequest, case, form: HoldForm) -> HttpResponse:
    context = {"case": case, "form": form, "rules": packs.panel()}
    return render(request, "cases/hold.html", context, status=422 if form.errors else 200)
