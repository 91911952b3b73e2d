"""Files with names: asked for, answered by another person, taken."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from qingyan.foundation.access.policy import allowed
from qingyan.foundation.access.views import requires
from qingyan.foundation.pure.workflow import NotAllowed
from qingyan.foundation.web.listing import page_of
from qingyan.papers.actions import exporting as actions
from qingyan.papers.policy import ANSWER_EXPORT, ASK_EXPORT, READ_EXPORTS, TAKE_EXPORT
from qingyan.papers.queries.exports import downloads_of, export_of, exports_of
from qingyan.papers.rules.forms import REGISTER, form
from qingyan.papers.web.files import paper_response
from qingyan.papers.web.forms import ExportForm
from qingyan.papers.workflow import ASKED

WHY = {
    "unanswered": lazy("还没有同意，不能下载。"),
    "expired": lazy("同意以后超过了 24 小时，请重新申请。"),
    "changed": lazy("同意以后名单有了变化，请重新申请。"),
    "format": lazy("没有这种格式。"),
}


@requires(READ_EXPORTS)
def exports(request: HttpRequest, slug: str) -> HttpResponse:
    """What was asked for, the newest first; the form for a counsellor."""
    context = {
        "page": page_of(exports_of(request.actor), request.GET),
        "form": ExportForm() if allowed(request.actor, ASK_EXPORT) else None,
    }
    return render(request, "papers/exports.html", context)


@requires(ASK_EXPORT)
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a file, with a purpose."""
    asked = ExportForm(request.POST)
    if not asked.is_valid():
        context = {"page": page_of(exports_of(request.actor), request.GET), "form": asked}
        return render(request, "papers/exports.html", context, status=422)
    export = actions.ask(**asked.cleaned_data, by=request.actor, now=timezone.now())
    messages.success(request, _("已交给校领导审批。"))
    return redirect("papers:export", slug=slug, export_id=export.id)


@requires(READ_EXPORTS)
def export(request: HttpRequest, slug: str, export_id: UUID) -> HttpResponse:
    """Why, what, who agreed, until when, and each time it was taken. No name stands here."""
    found = export_of(request.actor, export_id)
    context = {
        "export": found,
        "columns": list(form(REGISTER).lists()["cases"].values()),
        "downloads": page_of(downloads_of(found), request.GET),
        "may_answer": found.state == ASKED and allowed(request.actor, ANSWER_EXPORT, found),
        "formats": actions.FORMATS if allowed(request.actor, TAKE_EXPORT, found) and found.expires_at else (),
    }
    return render(request, "papers/export.html", context)


@requires(ANSWER_EXPORT)
@require_POST
def answer(request: HttpRequest, slug: str, export_id: UUID) -> HttpResponse:
    """The other person's word."""
    found, agrees = export_of(request.actor, export_id), request.POST.get("agrees") == "yes"
    try:
        actions.answer(export=found, agrees=agrees, by=request.actor, now=timezone.now())
    except NotAllowed:
        messages.info(request, _("这份申请已经有答复了。"))
    return redirect("papers:export", slug=slug, export_id=export_id)


@requires(TAKE_EXPORT)
@require_safe
def take(request: HttpRequest, slug: str, export_id: UUID, kind: str) -> HttpResponse:
    """The file, while the approval holds."""
    found = export_of(request.actor, export_id)
    try:
        made = actions.take(export=found, kind=kind, by=request.actor, now=timezone.now())
    except actions.NotNow as refusal:
        messages.warning(request, WHY[refusal.why])
        return redirect("papers:export", slug=slug, export_id=export_id)
    return paper_response(request, made, kind)
