"""Mandatory reports of a case, for their circle."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.mandating import Unfit, add_result, open_mandatory, record_mandatory
from qingyan.cases.actions.moving import held
from qingyan.cases.policy import CARRY, READ_MANDATORY
from qingyan.cases.queries import packs
from qingyan.cases.queries.circles import circle, eligible, mandatory_of, own_record
from qingyan.cases.web.form_page import Paper, form_page
from qingyan.cases.web.forms_mandatory import MandatoryForm, ResultForm
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires

NEW = Paper(
    _("记下强制报告"),
    _("先向公安机关报案，再在这里记下。这里不会通知监护人，也不会通知没有点名的人。"),
    _("记下"),
)
RESULT = Paper(_("记下结果"), _("公安机关、民政或法院的答复和决定。"), _("记下"))


@requires(READ_MANDATORY)
def mandatory(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The reports whose circle this person is in; the look is recorded."""
    case = open_mandatory(case_id=case_id, by=request.actor, now=timezone.now())
    context = {"case": case, "reports": mandatory_of(request.actor, case), "circle": circle()}
    context |= {"may_write": allowed(request.actor, CARRY, case), "now": timezone.localtime()}
    return render(request, "cases/mandatory.html", context)


@requires(CARRY)
def mandatory_new(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """A report that was made."""
    now, case = timezone.now(), held(request.actor, case_id, CARRY)
    initial = {"at": timezone.localtime(now), "guardian_suspected": case.guardian_withheld}
    named = eligible(request.actor, now)
    form = MandatoryForm(request.POST or None, law=packs.law(), eligible=named, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            record_mandatory(case=case, report=form.report(), by=request.actor, now=now)
            messages.success(request, _now("强制报告已记下。"))
            return redirect("cases:mandatory", slug=slug, case_id=case.id)
        except Unfit:
            form.add_error(None, _("时间不能在将来；点名的人不能太多。"))
    return form_page(request, case, form, NEW)


@requires(READ_MANDATORY)
def mandatory_result(request: HttpRequest, slug: str, record_id: UUID) -> HttpResponse:
    """What came of one report."""
    row = own_record(request.actor, record_id)
    form = ResultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_result(record_id=record_id, text=form.cleaned_data["text"], by=request.actor, now=timezone.now())
        messages.success(request, _now("结果已记下。"))
        return redirect("cases:mandatory", slug=slug, case_id=row.case_id)
    return form_page(request, row.case, form, RESULT)
