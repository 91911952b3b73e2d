"""Duty of a school: who is responsible now, what came to me, who is away, who is named. One page, small forms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingyan.alerts.actions import absences, answering_calls, reviewing
from qingyan.alerts.actions.duty import name_for_duty, strike_from_duty
from qingyan.alerts.actions.refusing import Refused
from qingyan.alerts.policy import KEEP_DUTY, MARK_AWAY, READ_DUTY
from qingyan.alerts.queries.duty_page import duty_page
from qingyan.alerts.web.forms_duty import AbsenceForm, DutyPostForm
from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed


@requires(READ_DUTY)
def duty(request: HttpRequest, slug: str) -> HttpResponse:
    """The page; the calls of the reader are recorded before they are shown."""
    return _shown(request)


@requires(READ_DUTY)
@require_POST
def answer(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """“我来处理” for an alert that came to the reader."""
    try:
        answering_calls.answer_call(alert_id=alert_id, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.info(request, _("这条预警已经有老师在处理了。"))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已记下：由你处理。请现在就去见这位同学。"))
    return redirect("alerts:duty", slug=slug)


@requires(READ_DUTY)
@require_POST
def review(request: HttpRequest, slug: str, alert_id: UUID) -> HttpResponse:
    """The leader as second reader."""
    agrees = request.POST.get("do") == "confirm"
    try:
        reviewing.answer_proposal(alert_id=alert_id, agrees=agrees, by=request.actor, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已记下你的复核。"))
    return redirect("alerts:duty", slug=slug)


@requires(MARK_AWAY)
@require_POST
def away(request: HttpRequest, slug: str) -> HttpResponse:
    """Registers an absence."""
    page = duty_page(request.actor, now=timezone.now())
    form = AbsenceForm(page.colleagues, request.POST)
    if form.is_valid():
        try:
            absences.mark_away(plan=form.plan(), by=request.actor, now=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已登记。到时新的提示不再分给这位老师，手上的转给代班人。"))
            return redirect("alerts:duty", slug=slug)
    return _shown(request, away_form=form)


@requires(MARK_AWAY)
@require_POST
def back(request: HttpRequest, slug: str, absence_id: UUID) -> HttpResponse:
    """Ends an absence."""
    absences.come_back(absence_id=absence_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已结束。"))
    return redirect("alerts:duty", slug=slug)


@requires(KEEP_DUTY)
@require_POST
def name(request: HttpRequest, slug: str) -> HttpResponse:
    """Names somebody for a place."""
    page = duty_page(request.actor, now=timezone.now())
    form = DutyPostForm(page.colleagues, request.POST)
    if form.is_valid():
        try:
            name_for_duty(**form.cleaned_data, by=request.actor, now=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已指定。"))
            return redirect("alerts:duty", slug=slug)
    return _shown(request, post_form=form)


@requires(KEEP_DUTY)
@require_POST
def strike(request: HttpRequest, slug: str, duty_post_id: UUID) -> HttpResponse:
    """Strikes somebody from a place."""
    strike_from_duty(post_id=duty_post_id, by=request.actor, now=timezone.now())
    messages.success(request, _("已撤下。"))
    return redirect("alerts:duty", slug=slug)


def _shown(
    request: HttpRequest, away_form: AbsenceForm | None = None, post_form: DutyPostForm | None = None
) -> HttpResponse:
    now = timezone.now()
    page = duty_page(request.actor, now=now)
    context = {
        "page": page,
        "proposals": reviewing.proposals(by=request.actor, now=now),
        "calls": answering_calls.open_calls(by=request.actor, now=now),
        "away_form": away_form or AbsenceForm(page.colleagues, initial={"account": request.actor.id}),
        "post_form": post_form or DutyPostForm(page.colleagues),
        "keeps": allowed(request.actor, KEEP_DUTY),
    }
    return render(request, "alerts/duty.html", context, status=422 if away_form or post_form else 200)
