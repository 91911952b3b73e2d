"""A member of staff reports a worry: what I saw, when, how urgent; then what to do now, and earlier ones."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from qingyan.concerns.actions.raising import TooMany, raise_report
from qingyan.concerns.contracts import Kind, Source
from qingyan.concerns.policy import REPORT
from qingyan.concerns.queries.choices import pupils_to_choose
from qingyan.concerns.queries.on_duty import help_note, on_duty
from qingyan.concerns.queries.reports import own_reports
from qingyan.concerns.web.forms import StaffForm
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.printed_codes import printed


@require_http_methods(["GET", "POST"])
@requires(REPORT)
@sensitive_post_parameters()
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; then the receipt with the next steps."""
    actor, now = request.actor, timezone.now()
    form = StaffForm(request.POST or None, pupils=pupils_to_choose(actor, now=now))
    if not form.is_valid():
        return _page(request, form=form)
    new = form.new(Kind.CONCERN, Source.STAFF, str(actor.id), pupil=form.chosen, vouched=True)
    try:
        receipt = raise_report(new=new, by=actor, now=now)
    except TooMany:
        return _page(request, form=form, too_many=True)
    return _page(request, receipt=receipt, number=printed(receipt.number))


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    school, form = request.school.id, context.get("form")
    context |= {"own": [(printed(one.number), one) for one in own_reports(request.actor)]}
    context |= {"duty": on_duty(school, timezone.now()), "reach": help_note(school)}
    return render(request, "concerns/report.html", context, status=422 if form and form.errors else 200)
