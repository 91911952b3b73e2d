"""Interviews: the form, and what was written, version by version, for whoever carries the case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.cases.actions.interviewing import Unfit, record_interview
from qingyan.cases.actions.looking import open_papers
from qingyan.cases.actions.moving import held
from qingyan.cases.models import Case
from qingyan.cases.policy import CARRY, READ_PAPERS
from qingyan.cases.queries import packs
from qingyan.cases.queries.interviews import interviews_of, newest_interview, stored_answers
from qingyan.cases.web.form_page import back, refused
from qingyan.cases.web.forms_interview import InterviewForm, stored_as_initial
from qingyan.foundation.access.views import requires


@requires(READ_PAPERS)
def interviews(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every version; the look is recorded."""
    case = open_papers(case_id=case_id, paper="interview", by=request.actor, now=timezone.now())
    context = {"case": case, "readings": interviews_of(case), "now": timezone.localtime()}
    return render(request, "cases/interviews.html", context)


@requires(CARRY)
def interview(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """A new talk; `?correct=yes` begins with the newest one and stores a new version of it."""
    case = held(request.actor, case_id, CARRY)
    corrected = newest_interview(case) if request.GET.get("correct") else None
    form = InterviewForm(request.POST or None, pack=packs.pack(case.pack), initial=_initial(corrected))
    if request.method != "POST" or not form.is_valid():
        context = {"case": case, "form": form, "law": packs.law(), "guide": packs.guide(), "corrected": corrected}
        return render(request, "cases/interview.html", context, status=422 if form.errors else 200)
    talk = form.talk(corrected.number if corrected else None)
    try:
        record_interview(case=case, talk=talk, by=request.actor, now=timezone.now())
    except Unfit as refusal:
        return refused(request, case, refusal)
    return back(request, case, _words_after(case))


def _words_after(case: Case) -> str:
    if case.guardian_withheld:
        return _("访谈已记下。监护人可能是伤害的来源：先办强制报告，不要联系监护人。")
    return _("访谈已记下。")


def _initial(corrected) -> dict:
    if corrected is None:
        return {"at": timezone.localtime()}
    return stored_as_initial(
        stored_answers(corrected),
        at=corrected.at,
        proposed_level=corrected.proposed_level,
        guardian_suspected=corrected.guardian_suspected,
    )
