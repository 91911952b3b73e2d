"""Referrals of a case for whoever carries it: prepare, record the basis, write down what was heard."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingyan.cases.actions import answering, referring
from qingyan.cases.actions.looking import open_referrals
from qingyan.cases.actions.moving import held
from qingyan.cases.actions.referral_steps import held_referral
from qingyan.cases.models import Case
from qingyan.cases.policy import READ_REFERRALS, REFER
from qingyan.cases.queries import packs
from qingyan.cases.queries.referrals import referrals_of
from qingyan.cases.web.form_page import Paper, form_page
from qingyan.cases.web.forms import ReasonForm
from qingyan.cases.web.forms_referral import AppointForm, BasisForm, PrepareForm, SlipForm
from qingyan.cases.workflow import REFERRAL
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.organisations import api as organisations

BASIS = Paper(
    gettext_lazy("同意或者法定事由"),
    gettext_lazy("先当面向监护人说明去哪里、带去什么。以知情同意记录里最近的一次回答为准。"),
    gettext_lazy("记下"),
)
END = Paper(gettext_lazy("没有转成"), gettext_lazy("打印过的码从现在起打不开。"), gettext_lazy("结束这次转介"))
HEARD = {
    "appoint": Paper(
        gettext_lazy("记下预约"), gettext_lazy("从电话或者家长那里听到的预约。"), gettext_lazy("记下预约")
    ),
    "return_slip": Paper(
        gettext_lazy("录入纸质回执"),
        gettext_lazy("家长带回的回执，照着写；不写诊断以外的病历。"),
        gettext_lazy("保存回执"),
    ),
}
REFUSED = (referring.Unfit, NotAllowed)


@requires(READ_REFERRALS)
def referrals(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every referral with what would leave the school; the look is recorded."""
    now = timezone.now()
    case = open_referrals(case_id=case_id, by=request.actor, now=now)
    context = {
        "case": case,
        "readings": referrals_of(case, now),
        "guide": packs.referral(),
        "now": timezone.localtime(now),
    }
    return render(request, "cases/referrals.html", context)


@requires(REFER)
def refer(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Prepare one."""
    case = held(request.actor, case_id, REFER)
    stations = {one.id: one.name for one in organisations.stations_for(request.actor)}
    form = PrepareForm(request.POST or None, stations=stations)
    try:
        if request.method == "POST" and form.is_valid():
            referring.prepare(case=case, draft=form.draft, by=request.actor, now=timezone.now())
            return _back(request, case, _("转介已准备好。下一步：记下监护人的同意。"))
    except referring.AlreadyReferred:
        return _back(request, case, _("同一类的转介已经有一个在办理。"))
    except referring.Unfit as refusal:
        form.with_fault(str(refusal))
    return render(
        request,
        "cases/refer.html",
        {"case": case, "form": form, "guide": packs.referral()},
        status=422 if form.errors else 200,
    )


@requires(REFER)
def basis(request: HttpRequest, slug: str, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Record the guardian's yes, or a statutory ground."""
    case = held(request.actor, case_id, REFER)
    referral = held_referral(case.id, referral_id)
    form = BasisForm(request.POST or None)
    try:
        if request.method == "POST" and form.is_valid():
            referring.agree(referral=referral, agreed=form.agreed, by=request.actor, now=timezone.now())
            return _back(request, case, _("已记下。请核对要带去的资料，再打印转介信。"))
    except referring.Unfit as refusal:
        form.with_fault(str(refusal))
    except NotAllowed:
        return _moved_on(request, case)
    return form_page(request, case, form, BASIS)


@requires(REFER)
def decline(request: HttpRequest, slug: str, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """Nothing comes of it, with the reason."""
    case = held(request.actor, case_id, REFER)
    referral = held_referral(case.id, referral_id)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, END)
    try:
        reason = form.cleaned_data["reason"]
        referring.decline(referral=referral, reason=reason, by=request.actor, now=timezone.now())
    except NotAllowed:
        return _moved_on(request, case)
    return _back(request, case, _("已记下：没有转成。"))


@requires(REFER)
def heard(request: HttpRequest, slug: str, case_id: UUID, referral_id: UUID, verb: str) -> HttpResponse:
    """What the school heard by telephone or on paper, in the receiver's stead."""
    case = held(request.actor, case_id, REFER)
    referral = held_referral(case.id, referral_id)
    if verb not in {one.verb for one in REFERRAL.steps_from(referral.state)} | {"return_slip"}:
        return _moved_on(request, case)
    form = form_of(verb, request, diagnosis_agreed=referral.diagnosis_agreed)
    if form is None and verb not in ("attend", "miss"):
        raise Http404
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return form_page(request, case, form, HEARD[verb]) if form is not None else _moved_on(request, case)
    try:
        write_down(verb, form, referral=referral, by=request.actor)
    except REFUSED as refusal:
        return (
            form_page(request, case, form.with_fault(str(refusal)), HEARD[verb]) if form else _moved_on(request, case)
        )
    return _back(request, case, _("已记下。"))


def form_of(verb: str, request: HttpRequest, *, diagnosis_agreed: bool):
    """The form that a receiver's word needs; None for those that need none."""
    if verb == "appoint":
        return AppointForm(request.POST or None)
    if verb == "return_slip":
        return SlipForm(request.POST or None, diagnosis_agreed=diagnosis_agreed)
    return None


def write_down(verb: str, form, *, referral, by) -> None:
    """Take the step that this word means."""
    now = timezone.now()
    if verb == "appoint":
        answering.appoint(referral=referral, at=form.cleaned_data["at"], by=by, now=now)
    elif verb == "return_slip":
        answering.give_slip(referral=referral, slip=form.slip, by=by, now=now)
    else:
        answering.attended(referral=referral, came=verb == "attend", by=by, now=now)


def _back(request: HttpRequest, case: Case, said: str) -> HttpResponse:
    messages.info(request, said)
    return redirect("cases:referrals", slug=request.school.slug, case_id=case.id)


def _moved_on(request: HttpRequest, case: Case) -> HttpResponse:
    return _back(request, case, _("转介已经到了另一步，请看看现在的情况。"))
