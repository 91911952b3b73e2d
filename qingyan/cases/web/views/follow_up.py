"""Looking at the pupil again, and the end of a case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from qingyan.cases.actions import following
from qingyan.cases.actions.looking import open_papers
from qingyan.cases.actions.moving import held
from qingyan.cases.policy import CARRY, READ_PAPERS
from qingyan.cases.queries import packs
from qingyan.cases.queries.follow_ups import follow_ups_of
from qingyan.cases.web.form_page import REFUSALS, Paper, back, form_page, refused
from qingyan.cases.web.forms_follow_up import CloseForm, FollowUpForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed

FOLLOW_UP = Paper(_("记录回访"), _("再看一次学生现在怎样。情况变重时，时限会自动提前到研判会。"), _("记下回访"))
CLOSE = Paper(_("结案"), _("静默关注期满、回访都做完、标准都满足，才能结案。危机等级的个案不能直接结案。"), _("结案"))


@requires(READ_PAPERS)
def follow_ups(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Every look; this look is recorded, too."""
    case = open_papers(case_id=case_id, paper="follow_up", by=request.actor, now=timezone.now())
    context = {"case": case, "lines": follow_ups_of(case), "now": timezone.localtime()}
    return render(request, "cases/follow_ups.html", context)


@requires(CARRY)
def follow_up(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """Write down a look at the pupil."""
    now = timezone.now()
    case = held(request.actor, case_id, CARRY)
    if not case.level:
        return refused(request, case, NotAllowed("case: no level yet"))
    pack = packs.pack(case.pack)
    initial = {"at": timezone.localtime(now), "proposed_level": case.level}
    form = FollowUpForm(request.POST or None, pack=pack, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, case, form, FOLLOW_UP)
    try:
        following.follow_up(case=case, **form.cleaned_data, by=request.actor, now=now)
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return back(request, case, _("回访已记下。"))


@requires(CARRY)
def close(request: HttpRequest, slug: str, case_id: UUID) -> HttpResponse:
    """End the case, or say what stands in the way."""
    case = held(request.actor, case_id, CARRY)
    form = CloseForm(request.POST or None, pack=packs.pack(case.pack))
    try:
        if case.state != "quiet_watch":
            raise NotAllowed(f"case: no step close from {case.state}")
        if request.method == "POST" and form.is_valid():
            following.close(case=case, **form.cleaned_data, by=request.actor, now=timezone.now())
            return back(request, case, _("个案已结案。"))
    except REFUSALS as refusal:
        return refused(request, case, refusal)
    return form_page(request, case, form, CLOSE)
