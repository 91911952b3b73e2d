"""A case begins: by hand, from an alert, from a report to the counsellors."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qingyan.alerts import api as alerts
from qingyan.archives import api as archives
from qingyan.cases.actions import opening
from qingyan.cases.contracts import NewSource
from qingyan.cases.models import Case
from qingyan.cases.policy import OPEN_CASE
from qingyan.cases.queries import packs
from qingyan.cases.queries.lists import open_case_of
from qingyan.cases.queries.owners import counsellors
from qingyan.cases.web.form_page import back
from qingyan.cases.web.forms import OpenForm, OwnerForm
from qingyan.concerns import api as concerns
from qingyan.foundation.access.policy import NotVisible
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed


@requires(OPEN_CASE)
def by_hand(request: HttpRequest, slug: str, student_id: UUID) -> HttpResponse:
    """The form, and the case that comes of it; a pupil with an open case is shown that one."""
    now = timezone.now()
    pupil = archives.open_file(student_id=student_id, by=request.actor, now=now)
    if (there := open_case_of(request.actor, student_id)) is not None:
        return _is_there(request, there)
    choices = counsellors(request.actor, now)
    form = OpenForm(request.POST or None, counsellors=choices, pack=packs.current(), initial=_me(request))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "pupil": pupil, "pack": packs.current()}
        return render(request, "cases/open.html", context, status=422 if form.errors else 200)
    given = form.cleaned_data
    source = NewSource(kind=given["kind"], note=given["note"].strip())
    made = opening.open_case(
        student_id=student_id,
        source=source,
        urgency=given["urgency"],
        owner_id=given["owner"],
        by=request.actor,
        now=now,
    )
    return back(request, made, _("个案已建立。"))


@requires(OPEN_CASE)
def from_alert(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """The alert becomes a case, or joins the pupil's open one; who carries it is asked first."""
    now = timezone.now()
    facts = alerts.facts_of(request.actor, alert_id)
    if facts is None:
        raise NotVisible(OPEN_CASE.code)
    there = open_case_of(request.actor, facts.student)
    form = OwnerForm(request.POST or None, counsellors=counsellors(request.actor, now), initial=_me(request))
    if request.method != "POST" or not (there or form.is_valid()):
        context = {"form": form, "there": there, "alert": facts}
        return render(request, "cases/open_from_alert.html", context, status=422 if form.errors and not there else 200)
    owner = None if there else form.cleaned_data["owner"]
    try:
        made = opening.open_from_alert(alert_id=alert_id, owner_id=owner, by=request.actor, now=now)
    except NotAllowed:
        messages.info(request, _("这条预警已经处理过了。"))
        return redirect("alerts:alert", slug=slug, alert_id=alert_id)
    return back(request, made, _("预警已转入个案。"))


@requires(OPEN_CASE)
def from_concern(request: HttpRequest, slug: str, concern_id: UUID) -> HttpResponse:
    """The report becomes a case, or joins the pupil's open one; who carries it is asked first."""
    now = timezone.now()
    facts = concerns.concern_facts(request.actor, concern_id)
    if facts is None:
        raise NotVisible(OPEN_CASE.code)
    if facts.pupil is None:
        messages.info(request, _("请先写明这份报告说的是哪位学生。"))
        return redirect("concerns:concern", slug=slug, concern_id=concern_id)
    there = open_case_of(request.actor, facts.pupil)
    form = OwnerForm(request.POST or None, counsellors=counsellors(request.actor, now), initial=_me(request))
    if request.method != "POST" or not (there or form.is_valid()):
        context = {"form": form, "there": there, "concern": facts}
        status = 422 if form.errors and not there else 200
        return render(request, "cases/open_from_concern.html", context, status=status)
    owner = None if there else form.cleaned_data["owner"]
    made = opening.open_from_concern(report_id=concern_id, owner_id=owner, by=request.actor, now=now)
    return back(request, made, _("这份报告已转入个案。报告本身还在“求助和来信”里，回信以后再结束。"))


def _me(request: HttpRequest) -> dict[str, str]:
    return {"owner": str(request.actor.id)}


def _is_there(request: HttpRequest, there: Case) -> HttpResponse:
    messages.info(request, _("这名学生已经有一个进行中的个案。"))
    return redirect("cases:case", slug=request.school.slug, case_id=there.id)
