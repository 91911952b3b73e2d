"""Leave and return: the list, one leave with its steps, and the form of each step."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.cases.actions import leaving
from qingyan.cases.actions.looking import look_at_leaves, open_leave, open_papers
from qingyan.cases.actions.moving import held
from qingyan.cases.models import Leave
from qingyan.cases.policy import CARRY, CARRY_LEAVE, DECIDE_APPEAL, DECIDE_LEAVE, READ_LEAVE, READ_LEAVES, READ_PAPERS
from qingyan.cases.queries import packs
from qingyan.cases.queries.leaves import leave_lines, leave_page, leaves_of, open_leave_of, permission_of
from qingyan.cases.queries.leaves import leaves as open_leaves
from qingyan.cases.web.form_page import Paper, form_page
from qingyan.cases.web.forms_leave import LeaveForm
from qingyan.cases.workflow import LEAVE
from qingyan.foundation.access.policy import NotVisible, Permission
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of

FIND = Paper(
    gettext_lazy("休学：发现识别"),
    gettext_lazy("四步里的第一步。休学是为了好起来，不是处分；由家庭申请，学校审批。"),
    gettext_lazy("记下"),
)


@requires(READ_LEAVES)
def leaves(request: HttpRequest, slug: str) -> HttpResponse:
    """What a counsellor carries, or what waits for a leader; the look is recorded."""
    now = timezone.now()
    page = page_of(open_leaves(request.actor), request.GET)
    look_at_leaves(shown=len(page.object_list), by=request.actor, now=now)
    context = {"page": page, "lines": leave_lines(request.actor, list(page.object_list), now), "guide": packs.leave()}
    return render(request, "cases/leaves.html", context)


@requires(READ_LEAVE)
def leave(request: HttpRequest, slug: str, leave_id: UUID) -> HttpResponse:
    """How it stands, what may be done, what has happened."""
    now = timezone.now()
    found = open_leave(leave_id=leave_id, by=request.actor, now=now)
    page = leave_page(request.actor, found, now)
    context = {"page": page, "leave": found, "guide": packs.leave(), "now": timezone.localtime(now)}
    return render(request, "cases/leave.html", context)


@requires(READ_PAPERS)
def of_case(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every leave of one case, ended ones too; the look is recorded."""
    now = timezone.now()
    case = open_papers(case_id=case_id, paper="leave", by=request.actor, now=now)
    context = {"case": case, "lines": leave_lines(request.actor, leaves_of(case), now), "guide": packs.leave()}
    return render(request, "cases/leaves.html", context)


@requires(CARRY)
def find(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Begin; one that is under way is shown instead."""
    case = held(request.actor, case_id, CARRY)
    there = open_leave_of(case)
    if there is not None:
        return redirect("cases:leave", slug=slug, leave_id=there.id)
    form = LeaveForm(request.POST or None, verb="find")
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, FIND)
    made = leaving.find(case=case, note=form.cleaned_data["note"], by=request.actor, now=timezone.now())
    return _back(request, made, _("已记下。下一步：专业评估。"))


@requires(CARRY_LEAVE)
def step(request: HttpRequest, slug: str, leave_id: UUID, verb: str) -> HttpResponse:
    """A step of whoever carries the case."""
    return _step(request, leaving.held_leave(request.actor, leave_id, CARRY_LEAVE), verb, CARRY_LEAVE)


@requires(DECIDE_LEAVE)
def decision(request: HttpRequest, slug: str, leave_id: UUID, verb: str) -> HttpResponse:
    """A leader's word on a leave or a return."""
    return _step(request, leaving.held_leave(request.actor, leave_id, DECIDE_LEAVE), verb, DECIDE_LEAVE)


@requires(DECIDE_APPEAL)
def appeal(request: HttpRequest, slug: str, leave_id: UUID, verb: str) -> HttpResponse:
    """Another leader's word on an appeal."""
    return _step(request, leaving.held_leave(request.actor, leave_id, DECIDE_APPEAL), verb, DECIDE_APPEAL)


def _step(request: HttpRequest, found: Leave, verb: str, permission: Permission) -> HttpResponse:
    titles = {one.verb: one.title for one in LEAVE.steps_from(found.state) if permission_of(one.verb) is permission}
    if verb not in titles:
        return _back(request, found, _("已经到了另一步，请看看现在的情况。"))
    form = LeaveForm(request.POST or None, verb=verb)
    title = _(titles[verb])
    if request.method != "POST" or not form.is_valid():
        context = {"leave": found, "form": form, "title": title}
        return render(request, "cases/leave_step.html", context, status=422 if form.errors else 200)
    try:
        leaving.take_step(leave=found, verb=verb, word=form.word, by=request.actor, now=timezone.now())
    except NotAllowed:
        return _back(request, found, _("学籍还没有办好，请先由教务在学生名单里办理。"))
    return _back(request, found, _("已记下。"))


def _back(request: HttpRequest, found: Leave, said: str) -> HttpResponse:
    messages.info(request, said)
    try:
        open_leave(leave_id=found.id, by=request.actor, now=timezone.now())
    except NotVisible:
        return redirect("cases:leaves", slug=request.school.slug)
    return redirect("cases:leave", slug=request.school.slug, leave_id=found.id)
