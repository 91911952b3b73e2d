"""Transfers at /s/<slug>/transfers/: what waits for whom, one transfer, and its answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingyan.foundation.access.views import requires
from qingyan.foundation.web.listing import Column, page_of
from qingyan.foundation.web.workbook import workbook, workbook_response
from qingyan.people.actions import transfers as actions
from qingyan.people.models import Transfer
from qingyan.people.policy import MANAGE_FILES
from qingyan.people.queries import file_list
from qingyan.people.queries import transfers as queries
from qingyan.people.queries.life_words import REFUSED
from qingyan.people.web.forms_files import AcceptForm, AskForm, ReasonForm
from qingyan.people.web.sealed_search import opened_name, sealed_address
from qingyan.people.workflow import ASKED, OFFERED

COLUMNS = [
    Column("", lazy("姓名")),
    Column("", lazy("方向")),
    Column("", lazy("对方学校")),
    Column("", lazy("提出")),
    Column("", lazy("状态")),
]
FEW = 10


@require_GET
@requires(MANAGE_FILES)
def transfers(request: HttpRequest, slug: str) -> HttpResponse:
    """The school's transfers, open ones first."""
    page, now = page_of(queries.transfers(request.actor), request.GET), timezone.now()
    lines = [queries.line(one, now=now) for one in page]
    return render(request, "people/transfers.html", {"page": page, "lines": lines, "columns": COLUMNS})


@require_GET
@requires(MANAGE_FILES)
def transfers_workbook(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a workbook, without names: direction, school, days, state."""
    lines = [queries.line(one, now=timezone.now()) for one in queries.transfers(request.actor)]
    rows = [
        [one.transfer.get_direction_display(), one.other_school,
         f"{timezone.localtime(one.transfer.opened_at):%Y-%m-%d}", one.words]
        for one in lines
    ]  # fmt: skip
    headings = [str(column.label) for column in COLUMNS[1:]]
    stamp = f"{request.actor.name} {timezone.localtime():%Y-%m-%d %H:%M}"
    return workbook_response(
        workbook(title=_("转学"), headings=headings, rows=rows, foot=stamp), file_name="transfers.xlsx"
    )


@require_http_methods(["GET", "POST"])
@requires(MANAGE_FILES)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask another school for a pupil who came from it."""
    form = AskForm(request.POST or None, schools=file_list.other_schools(request.actor))
    if not form.is_valid():
        return render(request, "people/transfer_new.html", {"form": form}, status=422 if form.errors else 200)
    made = actions.ask(
        person=form.person(), from_school_id=form.cleaned_data["school"], by=request.actor, now=timezone.now()
    )
    messages.success(request, _("已向原学校提出。对方同意以后，这里就可以接收。"))
    return redirect("people:transfer", slug=slug, transfer_id=made.id)


@require_http_methods(["GET", "POST"])
@requires(MANAGE_FILES)
def transfer(request: HttpRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    """One transfer. POST searches for the pupil who is meant by a request."""
    row = _or_404(request, transfer_id)
    if request.method == "POST":
        return redirect(sealed_address(request))
    return _page(request, row)


@require_POST
@requires(MANAGE_FILES)
def accept(request: HttpRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    """Take the pupil into a class; the file comes with them."""
    row = _or_404(request, transfer_id)
    form = AcceptForm(request.POST, classes=file_list.classes(request.actor, now=timezone.now()))
    if not form.is_valid():
        return _page(request, row, accept=form)
    try:
        pupil = actions.accept(
            transfer=row, class_id=form.cleaned_data["school_class"], by=request.actor, now=timezone.now()
        )
    except actions.Refused as refused:
        form.add_error(None, REFUSED[refused.code])
        return _page(request, row, accept=form)
    messages.success(request, _("已接收，档案已经转到本校。请给学生发新的登录条。"))
    return redirect("people:pupil", slug=slug, student_id=pupil.id)


@require_POST
@requires(MANAGE_FILES)
def release(request: HttpRequest, slug: str, transfer_id: UUID, student_id: UUID) -> HttpResponse:
    """This pupil is meant and may go."""
    row, student = _or_404(request, transfer_id), file_list.file_of(request.actor, student_id)
    if student is None:
        raise Http404
    return _do(request, row, actions.release, _("已同意转出。对方接收以前，档案仍在本校。"), student=student)


@require_POST
@requires(MANAGE_FILES)
def decline(request: HttpRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    """No, with a reason."""
    row, form = _or_404(request, transfer_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, decline=form)
    return _do(request, row, actions.decline, _("已谢绝，原因已告诉对方学校。"), reason=form.cleaned_data["reason"])


@require_POST
@requires(MANAGE_FILES)
def withdraw(request: HttpRequest, slug: str, transfer_id: UUID) -> HttpResponse:
    """Take it back."""
    return _do(request, _or_404(request, transfer_id), actions.withdraw, _("已撤回。"))


def _do(request: HttpRequest, row: Transfer, action, done: str, **given) -> HttpResponse:
    try:
        action(transfer=row, by=request.actor, now=timezone.now(), **given)
    except actions.Refused as refused:
        messages.error(request, str(REFUSED[refused.code]))
    else:
        messages.success(request, done)
    return redirect("people:transfer", slug=request.school.slug, transfer_id=row.id)


def _page(request: HttpRequest, row: Transfer, **bound) -> HttpResponse:
    now = timezone.now()
    line = queries.line(row, now=now)
    choosing = line.ours and row.state == ASKED
    context = {
        "line": line,
        "transfer": row,
        "pupil": file_list.file_of(request.actor, row.subject) if row.subject else None,
        "choosing": choosing,
        "found": queries.candidates(request.actor, row, opened_name(request))[:FEW] if choosing else (),
        "accept": bound.get("accept") or AcceptForm(classes=file_list.classes(request.actor, now=now)),
        "accepting": line.ours and row.state == OFFERED,
        "decline": bound.get("decline") or ReasonForm(),
    }
    return render(request, "people/transfer.html", context, status=422 if bound else 200)


def _or_404(request: HttpRequest, transfer_id: UUID) -> Transfer:
    found = queries.transfer(request.actor, transfer_id)
    if found is None:
        raise Http404
    return found
