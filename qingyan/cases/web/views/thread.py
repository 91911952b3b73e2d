"""A crisis told to district and city, at the school: what has been said, what is due, and the reports."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions.approving_reports import NoWords, answer_first_report
from qingyan.cases.actions.moving import held
from qingyan.cases.actions.reporting import NamesSomebody, Unfit, report_orally, write_report
from qingyan.cases.actions.reporting_looks import open_thread
from qingyan.cases.models import Case
from qingyan.cases.policy import APPROVE_REPORT, CARRY, READ_THREAD
from qingyan.cases.queries.crisis_packs import crisis
from qingyan.cases.queries.glasses import glasses_of
from qingyan.cases.queries.threads import may_answer, thread_of, thread_page
from qingyan.cases.rules.crisis import CONTINUED, FINAL, FIRST
from qingyan.cases.web.form_page import Paper, form_page, refused
from qingyan.cases.web.forms_thread import LeadersWordForm, OralForm, WrittenForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed

ORAL = Paper(_("口头首报"), _("先打电话，再在这里记下。只用个案编号，不说姓名。"), _("记下口头首报"))
LEAD = _("区里和市里会看到。只用个案编号，不写姓名、学号和能认出本人的细节。")
WRITTEN = {
    FIRST: Paper(_("书面首报"), LEAD, _("提交书面首报")),
    CONTINUED: Paper(_("续报"), LEAD, _("提交续报")),
    FINAL: Paper(_("终报"), LEAD, _("提交终报")),
}
WORD = Paper(_("确认书面首报"), _("报告已经在区里，不等确认。你的意见会和报告放在一起；不写姓名。"), _("提交意见"))
NAMED = _("文字里有学生的姓名。请换成“该生”或个案编号再提交。")


@requires(READ_THREAD)
def thread(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The thread of this case; the look is recorded."""
    now = timezone.now()
    case = open_thread(case_id=case_id, by=request.actor, now=now)
    page = thread_page(request.actor, case, now)
    context = {"page": page, "glasses": glasses_of(page.thread), "case": case, "now": timezone.localtime(now)}
    return render(request, "cases/thread.html", context)


@requires(CARRY)
def oral(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The call that was made begins the thread."""
    now, case = timezone.now(), held(request.actor, case_id, CARRY)
    form = OralForm(request.POST or None, initial={"at": timezone.localtime(now)})
    if request.method == "POST" and form.is_valid():
        try:
            report_orally(case=case, oral=form.oral(), by=request.actor, now=now)
            return _back(request, case, _now("已记下口头首报，区里和市里收到了提醒。"))
        except NamesSomebody:
            form.add_error("said", NAMED)
        except Unfit:
            form.add_error("at", _("时间要在建立个案以后，也不能在将来。"))
        except NotAllowed as refusal:
            return refused(request, case, refusal)
    return form_page(request, case, form, ORAL)


@requires(CARRY)
def written(request: HttpRequest, slug: str, case_id: UUID, report: str) -> HttpResponse:
    """The first written, a continued or the final report."""
    now, case = timezone.now(), held(request.actor, case_id, CARRY)
    if report not in WRITTEN or thread_of(case) is None:
        raise Http404
    form = WrittenForm(request.POST or None, pack=crisis())
    if request.method == "POST" and form.is_valid():
        try:
            write_report(case=case, kind=report, written=form.written(), by=request.actor, now=now)
            return _back(request, case, _now("报告已提交，区里和市里收到了提醒。"))
        except NamesSomebody:
            form.add_error(None, NAMED)
        except NotAllowed as refusal:
            return refused(request, case, refusal)
    return form_page(request, case, form, WRITTEN[report])


@requires(APPROVE_REPORT)
def answer_first(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """The leader's word on the first written report."""
    now = timezone.now()
    case = open_thread(case_id=case_id, by=request.actor, now=now)
    found = thread_of(case)
    if found is None or not may_answer(request.actor, case, found):
        messages.info(request, _now("现在没有等你确认的书面首报。"))
        return redirect("cases:thread", slug=slug, case_id=case_id)
    form = LeadersWordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_first_report(case=case, word=form.word(), by=request.actor, now=now)
            return _back(request, case, _now("已记下，区里和市里会看到。"))
        except NoWords:
            form.add_error("said", _("有不同意见时，请写清楚要补充或更正什么。"))
        except NamesSomebody:
            form.add_error("said", NAMED)
    return form_page(request, case, form, WORD)


def _back(request: HttpRequest, case: Case, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("cases:thread", slug=request.school.slug, case_id=case.id)
