"""The safety plan and the individual plan: forms that begin with the newest version, and every version read back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.looking import open_papers
from qingyan.cases.actions.moving import held
from qingyan.cases.actions.planning import write_plan
from qingyan.cases.policy import CARRY, READ_PAPERS
from qingyan.cases.queries.owners import invited
from qingyan.cases.queries.plans import newest_parts, plans_of
from qingyan.cases.rules.plans import CARE, SAFETY
from qingyan.cases.web.form_page import REFUSALS, Paper, back, form_page, refused
from qingyan.cases.web.forms_plans import PART_WORDS, PlanForm
from qingyan.foundation.access.views import requires

TITLES = {SAFETY: _("安全计划"), CARE: _("一生一策")}
PAPERS = {
    SAFETY: Paper(TITLES[SAFETY], _("和学生一起写，用学生自己的话。写好以后给学生留一份。"), _("保存新的版本")),
    CARE: Paper(TITLES[CARE], _("写清目标、由谁做、多久看一次。分给别人的任务会进入要做的事。"), _("保存新的版本")),
}


@requires(READ_PAPERS)
def plans(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every version; the look is recorded."""
    case = open_papers(case_id=case_id, paper="plan", by=request.actor, now=timezone.now())
    lines = [
        (one, TITLES[one.plan.kind], [(PART_WORDS[name], said) for name, said in one.parts]) for one in plans_of(case)
    ]
    return render(request, "cases/plans.html", {"case": case, "lines": lines, "now": timezone.localtime()})


@requires(CARRY)
def safety(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """A new version of the safety plan."""
    return _written(request, case_id, SAFETY)


@requires(CARRY)
def care(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """A new version of the individual plan, with tasks."""
    return _written(request, case_id, CARE)


def _written(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    now = timezone.now()
    case = held(request.actor, case_id, CARRY)
    staff = invited(request.actor, now)[0] if kind == CARE else None
    form = PlanForm(request.POST or None, kind=kind, staff=staff, initial=newest_parts(case, kind))
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, PAPERS[kind])
    given = {"parts": form.parts, "review_on": form.cleaned_data["review_on"], "tasks": form.tasks if staff else ()}
    try:
        write_plan(case=case, kind=kind, **given, by=request.actor, now=now)
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return back(request, case, _("计划已保存。"))
